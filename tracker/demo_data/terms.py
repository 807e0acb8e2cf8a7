"""The two offers that Ada compares, and what matters to her. All of it is invented."""

from tracker.demo_data.shapes import Terms

VERIDIAN = Terms(14, 16, 2_900, "EUR", {
    "project": "Long documents: the evidence that an answer rests on",
    "mentor": "Dr Aoife Brennan",
    "closeness": "partly",
    "publishing": "review",
    "ip": "Papers are mine to use in the thesis; code stays theirs unless they release it",
    "could_become": ["paper", "thesis"],
    "compute": "A share of 64 GPUs; public corpora from the first day",
    "place": "Dublin",
    "visa": "none",
    "hours": "full",
    "advice": "Grace: a good place to learn to write. Get the month's notice for papers in writing.",
    "speaks_for": "The mentor. Two of last summer's three interns have a paper with her.",
    "speaks_against": "Language is not my thesis; a chapter would need a bridge.",
    "marks": {"project": "good", "closeness": "fair", "publishing": "fair", "ip": "fair", "compute": "good",
              "pay": "good", "dates": "good", "place": "good", "visa": "good"},
})  # fmt: skip

HALDEN = Terms(11, 20, 43_000, "NOK", {
    "project": "Routing on graphs that change while one drives",
    "mentor": "Dr Sindre Haug",
    "closeness": "close",
    "publishing": "yes",
    "ip": "Open source by default; thesis use is in the contract",
    "could_become": ["paper", "open_source", "thesis"],
    "compute": "8 GPUs for the team; traffic data under an agreement",
    "place": "Oslo",
    "visa": "sponsor",
    "hours": "full",
    "advice": "",
    "speaks_for": "It is chapter four of my thesis, nearly word for word.",
    "speaks_against": "A small team; the mentor is away for three weeks in July.",
    "marks": {"project": "good", "closeness": "good", "publishing": "good", "ip": "good", "compute": "fair",
              "pay": "fair", "dates": "fair", "place": "fair", "visa": "fair"},
})  # fmt: skip

WEIGHTS = {
    "project": "a_lot",
    "closeness": "a_lot",
    "publishing": "a_lot",
    "ip": "some",
    "pay": "some",
    "dates": "some",
}
