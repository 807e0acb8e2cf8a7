"""What happens to a person's applications, told to addresses of their own: signed, tried again, never inside."""
