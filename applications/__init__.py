"""What students do: applications, their history and their interview rounds."""
