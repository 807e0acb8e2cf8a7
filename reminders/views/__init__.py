"""Pages of the bell and the preferences, and what a letter's bearer may do."""
