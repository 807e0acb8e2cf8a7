"""What one chooses from when describing an application, beside its stage."""

from django.db import models


class WayIn(models.TextChoices):
    """Whether somebody inside refers the student."""

    NONE = "none", "No referral"
    ASKED = "asked", "Referral asked"
    REFERRED = "referred", "Referred"


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
