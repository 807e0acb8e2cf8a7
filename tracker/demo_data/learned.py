"""What Ada's rounds taught her, and the teams she speaks to."""

from tracker.demo_data.shapes import Learned, Talk

RECRUITER = Learned(
    "steady",
    went_well="The two-minute summary: problem, idea, result, what is next.",
    to_improve="Have the dates ready. I had to look up when teaching ends.",
    next_step="A coding round within a week",
    asked=(("When could you start, and for how long?", "From June, sixteen weeks; the funder agrees to four months."),
           ("Do you need a visa?", "Not in the United Kingdom."),
           ("Why us?", "Their paper on equivariant meshes is the one I build on.")),
)  # fmt: skip

CODING = Learned(
    "steady",
    went_well="Said aloud why Dijkstra is not enough with a budget, and drew the state (node, money left).",
    to_improve="Rushed the tests. Write two small cases before coding.",
    colleagues="Yes. He was glad about the counterexample.",
    next_step="Research discussion with Dr Sato",
    asked=(("Shortest path with at most k paid edges", "Layered graph, or Dijkstra on (node, paid so far)."),
           ("What changes if edges arrive one by one?", "")),
)  # fmt: skip

READING_TEAM = Learned(
    "mixed",
    went_well="The question about evidence in long documents: I could connect it to attention on graphs.",
    to_improve="Did not know their benchmark well. Read the two papers of whoever is in the room.",
    colleagues="Two of three, very much.",
    next_step="They decide within ten days",
    asked=(("How would you know that an answer rests on the document?", "Take the passage out and look again."),
           ("Which result of yours would you not trust?", "The small-data table: three seeds only."),
           ("What would you do in the first two weeks?", "Rebuild one baseline, and count its errors by kind.")),
)  # fmt: skip

FUNDAMENTALS = Learned(
    "steady",
    asked=(("Derive the gradient of softmax with cross entropy", "p minus y, after the two terms cancel."),
           ("Why does dropout help?", "Noise on features, near an ensemble; Deep Learning Book, 7.12.")),
)  # fmt: skip

SECOND_CODING = Learned(
    "hard",
    to_improve="Two medium ones in 45 minutes: practise against the clock, not only by topic.",
    asked=(("Merge k sorted streams", "A heap of the heads."), ("Longest path in a tree", "Two sweeps.")),
)  # fmt: skip

TEAMS = (
    Talk("Geometric Learning", "Dr Hana Sato, Pedro Lima", "Equivariant message passing on meshes", "talking", "keen",
         -4, "Pedro showed the code. They want somebody who likes proofs as well."),
    Talk("Simulation", "Dr Maren Vogt", "Neural operators as surrogates", "to_talk", "open"),
    Talk("Discovery tools", "Iris Chen", "Search over molecules", "not_this_one", "low", -9,
         "Nice people, far from my thesis."),
)  # fmt: skip
