"""Who may look: supervisors, and what each student shares with them."""
