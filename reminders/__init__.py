"""What is due: planning, the outbox and the bell."""
