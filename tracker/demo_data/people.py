"""Who can sign in to the demo; README.md lists the same people."""

from tracker.demo_data.shapes import Person

PASSWORD = "waymark-demo"  # noqa: S105 - published: the demo has no secrets

ADA = Person("ada@waymark.example", "Ada Whitlock", phd_year=3)
MALLORY = Person("mallory@waymark.example", "Mallory Quist", phd_year=2)
NEW = Person("new@waymark.example", "Noor Haddad", phd_year=1)
GRACE = Person("grace@waymark.example", "Grace Lindqvist", roles=("supervisor",))
SAM = Person("sam@waymark.example", "Sam Okafor", roles=("supervisor",))
CORA = Person("cora@waymark.example", "Cora Lindgren", roles=("curator",))
KIM = Person("kim@waymark.example", "Kim Ferro", roles=("coordinator",))
ADMIN = Person("admin@waymark.example", "Alex Admin", roles=("staff", "superuser"))

PEOPLE = (ADA, MALLORY, NEW, GRACE, SAM, CORA, KIM, ADMIN)

FELLOWS = tuple(
    Person(f"{name.partition(' ')[0].lower()}@waymark.example", name)
    for name in (
        "Ines Duarte", "Jun Takeda", "Maren Holt", "Ravi Menon", "Lucia Ferrant", "Osei Boateng", "Petra Novak",
        "Hugo Lindahl", "Yara Nassar", "Finn Aalto", "Dana Kirsch",
    )
)  # fmt: skip
"""Others of the department: nobody signs in as one, and all that is seen of most is what many come to."""
