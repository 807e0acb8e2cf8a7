"""Pages of people and outreach, each student's own."""
