"""Pages of a student's own applications, one module for each kind."""
