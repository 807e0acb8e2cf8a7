"""What a student's own applications say together: figures with how much they can say. Pure."""
