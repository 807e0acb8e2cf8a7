"""Archives made and read in, accounts deleted."""
