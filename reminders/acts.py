"""What a link in a letter may do besides stopping, and how it is called. Pure."""

from enum import StrEnum


class Act(StrEnum):
    """One thing that one button does."""

    FOLLOWED_UP = "followed_up"
    WAIT = "wait"
    SENT = "sent"
    LET_GO = "let_go"
    PAUSE = "pause"
    KEEP = "keep"


OF_FOLLOW_UPS = (Act.FOLLOWED_UP, Act.WAIT)
OF_CLOSINGS = (Act.SENT, Act.LET_GO)

LABELS = {
    Act.FOLLOWED_UP: "Done",
    Act.WAIT: "Wait a week",
    Act.SENT: "I have sent it",
    Act.LET_GO: "Let it go",
    Act.PAUSE: "Pause",
    Act.KEEP: "Keep them",
}

EFFECTS = {
    Act.FOLLOWED_UP: "This notes that you followed up, and takes it off Today.",
    Act.WAIT: "This puts the follow-up off for a week.",
    Act.SENT: "This moves it to Applied, with the day it is today.",
    Act.LET_GO: "This closes it. Your notes stay, and you can reopen it.",
    Act.PAUSE: "Until then only interviews, offer answers and the safety of your account are mailed.",
    Act.KEEP: "Your reminders go on as before.",
}
