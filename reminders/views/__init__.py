"""Pages of the bell, the preferences and the calendar feed, and what a letter's bearer may do."""
