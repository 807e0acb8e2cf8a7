"""What Ada thinks of the roles she looked at closely. The texts of postings are invented."""

from tracker.demo_data.shapes import Fit

NORTHLIGHT = Fit(
    "Geometric Learning", "close", ("paper", "thesis"), ("publications", "connections"), ("graphs", "first choice"),
    text="You will work with the Geometric Learning team on message passing that respects symmetries of meshes.\n"
         "We publish most of it, usually with the intern as first author. 12 to 17 weeks from June, Cambridge.",
    asks=(("PhD student in machine learning or a near field", "yes"),
          ("A paper at NeurIPS, ICML, ICLR or similar", "yes"),
          ("Graph neural networks or equivariant models", "yes"),
          ("PyTorch, and code that others can run", "yes"),
          ("Meshes or simulation", "partly"),
          ("C++ or CUDA", "no")),
)  # fmt: skip

TIDEWATER = Fit(
    "Speech Recognition", "partly", ("paper", "open_source"), ("skills", "city"), ("speech",),
    text="Research intern for speech recognition in languages with few recordings. Fourteen weeks, full time.\n"
         "You have published, and you have trained models on more than one machine.",
    asks=(("PhD student, second year or later", "yes"),
          ("At least one paper", "yes"),
          ("Training on several machines", "yes"),
          ("Speech or audio", "partly"),
          ("Weighted finite-state transducers", "no")),
)  # fmt: skip

HELIO = Fit(
    "Generative Models", "close", ("paper", "thesis"), ("publications", "environment", "city"), ("graphs",),
    asks=(("Diffusion models or flows", "partly"), ("Strong mathematics", "yes"),
          ("Two papers as first author", "partly"), ("German is not needed", "yes")),
)  # fmt: skip

CORMORANT = Fit(
    "Agents", "partly", ("paper",), ("connections", "environment"), ("planning",),
    asks=(("Reinforcement learning or planning", "partly"), ("PhD student", "yes"), ("JAX", "no"), ("A paper", "yes")),
)  # fmt: skip

KESTREL = Fit(
    "Earth Observation", "not", ("open_source",), ("culture",), (),
    asks=(("Remote sensing", "no"), ("Self-supervised learning", "partly"), ("Python", "yes")),
)  # fmt: skip

VERIDIAN = Fit("Reading", "partly", ("paper",), ("publications", "culture"), ("language",))
HALDEN = Fit("Routing", "close", ("paper", "open_source"), ("environment", "publications"), ("graphs",))
