"""Tags of people for pages of lower apps."""
