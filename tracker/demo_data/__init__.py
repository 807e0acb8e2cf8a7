"""The demo's story: invented people, companies and postings, placed around the day on which it is loaded."""
