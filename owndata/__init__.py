"""A person's own data as a whole: taken along, brought in, and deleted."""
