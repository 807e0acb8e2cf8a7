"""What one can type after `waymark`."""
