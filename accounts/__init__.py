"""Who people are: the user, signing in, settings."""
