"""The command-line client: a person's own program, which knows of Waymark only what the API tells."""
