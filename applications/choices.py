"""What one chooses from when describing an application, beside its stage."""

from django.db import models

from applications import referral


class WayIn(models.TextChoices):
    """Whether somebody inside refers the student."""

    NONE = referral.NONE, "No referral"
    ASKED = referral.ASKED, "Referral asked"
    REFERRED = referral.REFERRED, "Referred"
    DECLINED = referral.DECLINED, "Declined"


class Source(models.TextChoices):
    """Where the student found the role."""

    UNKNOWN = "", "Not noted"
    COMPANY_SITE = "company_site", "Company website"
    CONFERENCE = "conference", "Conference or workshop"
    LINKEDIN = "linkedin", "LinkedIn"
    REFERRAL = "referral", "Somebody I know"
    SUPERVISOR = "supervisor", "My supervisor"
    LIST = "list", "Waymark's list"
    OTHER = "other", "Elsewhere"


class Closeness(models.TextChoices):
    """How close the team's work is to the student's own, in the student's own judgement."""

    UNKNOWN = "", "Don't know yet"
    CLOSE = "close", "Close"
    PARTLY = "partly", "Partly"
    NOT = "not", "Not close"


class Meets(models.TextChoices):
    """Whether a requirement is met."""

    UNKNOWN = "", "Not looked at"
    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "Not yet"


class CouldBecome(models.TextChoices):
    """What the work could become."""

    PAPER = "paper", "Paper"
    THESIS = "thesis", "Thesis chapter"
    PATENT = "patent", "Patent"
    OPEN_SOURCE = "open_source", "Open source"


class Reason(models.TextChoices):
    """What a student hopes to find there."""

    ENVIRONMENT = "environment", "A new environment"
    CONNECTIONS = "connections", "Connections"
    PUBLICATIONS = "publications", "Publications"
    SKILLS = "skills", "Skills"
    CULTURE = "culture", "How a company works"
    CITY = "city", "A city"


class Felt(models.TextChoices):
    """How a round felt."""

    UNKNOWN = "", "Not noted"
    STEADY = "steady", "Steady"
    MIXED = "mixed", "Mixed"
    HARD = "hard", "Hard"


class DocumentKind(models.TextChoices):
    """What a document is."""

    CV = "cv", "CV"
    STATEMENT = "statement", "Statement or cover letter"
    SUMMARY = "summary", "Research summary"
    TRANSCRIPT = "transcript", "Transcript"
    SLIDES = "slides", "Slides"
    PAPER = "paper", "Paper"
    OTHER = "other", "Other"


class Publishing(models.TextChoices):
    """Whether the work may be published."""

    UNKNOWN = "", "Not known yet"
    YES = "yes", "Encouraged"
    REVIEW = "review", "After a review"
    NO = "no", "Not possible"


class PayPer(models.TextChoices):
    """What pay is counted by."""

    HOUR = "hour", "Hour"
    WEEK = "week", "Week"
    MONTH = "month", "Month"
    YEAR = "year", "Year"
    TOTAL = "total", "In all"


class Visa(models.TextChoices):
    """Whether a visa is needed, and who sees to it."""

    UNKNOWN = "", "Not known yet"
    NONE = "none", "Not needed"
    SPONSOR = "sponsor", "They sponsor it"
    OWN = "own", "I arrange it"


class EntryKind(models.TextChoices):
    """What happens in a placement."""

    MENTOR = "mentor", "Meeting with mentor"
    STAND_UP = "stand_up", "Stand-up"
    REVIEW = "review", "Code review"
    SEMINAR = "seminar", "Seminar"
    READING = "reading", "Reading group"
    TALK = "talk", "Talk of my own"
    SOCIAL = "social", "Social"
    NOTE = "note", "Note"


class MadeKind(models.TextChoices):
    """What came of a placement."""

    PAPER = "paper", "Paper"
    CODE = "code", "Open source"
    PATENT = "patent", "Patent"
    CHAPTER = "chapter", "Thesis chapter"
    TALK = "talk", "Talk"
    OTHER = "other", "Something else"


class MadeState(models.TextChoices):
    """How far it is."""

    IDEA = "idea", "Idea"
    WORKING = "working", "In work"
    SUBMITTED = "submitted", "Submitted or filed"
    ACCEPTED = "accepted", "Accepted or granted"
    OUT = "out", "Published or released"
    RESTS = "rests", "Resting"


class Funder(models.TextChoices):
    """Who pays the student during the PhD: what they allow depends on that."""

    UNKNOWN = "", "Not noted"
    COUNCIL = "council", "Research council"
    UNIVERSITY = "university", "University scholarship"
    COMPANY = "company", "Company or industry partner"
    FOUNDATION = "foundation", "Foundation or charity"
    EMPLOYED = "employed", "Employed as a researcher"
    OWN = "own", "My own money"
    OTHER = "other", "Somebody else"


class Stipend(models.TextChoices):
    """What happens to the stipend, or the salary, meanwhile."""

    UNKNOWN = "", "Not clear yet"
    SUSPENDED = "suspended", "Suspended"
    CONTINUED = "continued", "Continued"
    REDUCED = "reduced", "Reduced"


class Decision(models.TextChoices):
    """What was decided about going."""

    OPEN = "", "Not decided yet"
    APPROVED = "approved", "Approved"
    CONDITIONS = "conditions", "Approved with conditions"
    REFUSED = "refused", "Not approved"
    NOT_NEEDED = "not_needed", "No approval needed"
