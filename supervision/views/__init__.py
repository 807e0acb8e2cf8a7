"""Pages of sharing: what students decide, and what supervisors see of it."""
