"""What invented students write down: notes, steps, what is asked of them, whom they talk to; knows no database."""

NEXT_STEPS = (
    "Tailor the CV", "Read the team's last paper", "Write to an author", "Finish the research summary",
    "Ask for a referral", "Draft the statement",
)  # fmt: skip
TAGS = ("vision", "nlp", "theory", "systems", "first choice")
NOTES = (
    "Met two of the team at the poster session. They work on long contexts and want someone who has run large sweeps.",
    "The recruiter says that the team decides within three weeks.\nThey ask for a talk of twenty minutes.",
    "Wrote to the first author about the code; she answered the same day and sent the data sheet along.",
)
FOR_ONESELF = "Their last two papers continue what chapter three leaves open. Ask about publication early."
ASKED = (
    "Enrolled in a PhD in machine learning or a field close to it",
    "At least one paper at a conference of the field",
    "Fluent in Python and one framework for deep learning",
    "Experience with training on several machines",
    "Available for at least twelve weeks",
    "Clear writing and good talks",
)
TO_PREPARE = (
    ("Read two papers of your interviewer, and note one question about each", 90),
    ("Prepare a 5-minute talk on your thesis idea", 45),
    ("Explain your main result aloud without slides, in two minutes", 20),
    ("Two problems on arrays and hashing", 45),
    ("Write three questions for the team", 15),
)
TEAMS = ("Perception", "Foundations", "Applied Science")
PROJECT = "Representations that survive a change of sensor, with two years of data at hand."
DOCUMENTS = (("cv", "CV", 2), ("summary", "Research summary", 1), ("transcript", "Transcript", 1))
"""Kind, name, and how many versions there are."""
