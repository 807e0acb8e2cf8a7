"""Who can sign in to the demo; README.md lists the same people."""

from tracker.demo_data.shapes import Person

PASSWORD = "waymark-demo"  # noqa: S105 - published: the demo has no secrets

ADA = Person("ada@waymark.example", "Ada Whitlock", phd_year=3)
MALLORY = Person("mallory@waymark.example", "Mallory Quist", phd_year=2)
NEW = Person("new@waymark.example", "Noor Haddad", phd_year=1)
GRACE = Person("grace@waymark.example", "Grace Lindqvist", roles=("supervisor",))
SAM = Person("sam@waymark.example", "Sam Okafor", roles=("supervisor",))
CORA = Person("cora@waymark.example", "Cora Lindgren", roles=("curator",))
ADMIN = Person("admin@waymark.example", "Alex Admin", roles=("staff", "superuser"))

PEOPLE = (ADA, MALLORY, NEW, GRACE, SAM, CORA, ADMIN)
