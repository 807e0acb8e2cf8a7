"""Pages of the shared list, for readers and for those who keep it."""
