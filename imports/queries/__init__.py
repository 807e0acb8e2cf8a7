"""What pages and actions ask of imports."""
