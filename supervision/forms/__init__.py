"""What people type to share, ask, answer, comment and plan."""

from supervision.forms.asking import AnswerForm, RequestForm
from supervision.forms.group import IntroductionForm, MilestoneForm
from supervision.forms.sharing import ExceptionForm, InvitationForm, LevelForm
from supervision.forms.talking import CommentForm

__all__ = [
    "AnswerForm",
    "CommentForm",
    "ExceptionForm",
    "IntroductionForm",
    "InvitationForm",
    "LevelForm",
    "MilestoneForm",
    "RequestForm",
]
