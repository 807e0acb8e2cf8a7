"""What the pages of supervision show, each part asked through what the student shares."""
