"""What becomes of each row of a table: read, checked and compared, without a database. Pure."""
