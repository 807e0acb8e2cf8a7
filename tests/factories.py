"""Makes rows for tests; every row is one that the product itself could have made."""

import datetime as dt
from functools import cache

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from accounts.models import User
from applications.models import Application, Event, InterviewRound
from companies.models import Company, Posting, Programme, Season
from companies.naming import match_key
from supervision.models import Supervision

PASSWORD = "waymark-demo"
NOW = dt.datetime(2026, 11, 10, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()


@cache
def hashed(password):
    """Hash each password once a run: Argon2 is slow on purpose."""
    return make_password(password)


class UserFactory(DjangoModelFactory[User]):
    """A student in the third year, in London, whose address is verified."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@waymark.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    phd_started_on = dt.date(2024, 10, 1)

    @classmethod
    def _create(cls, model_class, *_, password=PASSWORD, **kwargs):
        user = model_class.objects.create(password=hashed(password), **kwargs)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user


class SeasonFactory(DjangoModelFactory[Season]):
    """Summer 2027 with its default window."""

    class Meta:
        model = Season
        django_get_or_create = ("slug",)

    name = "Summer 2027"
    slug = "summer-2027"
    opens_on = dt.date(2026, 10, 1)
    closes_on = dt.date(2027, 1, 31)
    starts_on = dt.date(2027, 6, 1)


class CompanyFactory(DjangoModelFactory[Company]):
    """An approved company."""

    class Meta:
        model = Company

    name = factory.Sequence(lambda n: f"Company {n}")
    slug = factory.LazyAttribute(lambda o: o.name.lower().replace(" ", "-"))
    match_key = factory.LazyAttribute(lambda o: match_key(o.name))
    search_text = factory.SelfAttribute("name")
    approved_at = NOW


class ProgrammeFactory(DjangoModelFactory[Programme]):
    """A yearly internship."""

    class Meta:
        model = Programme

    company = factory.SubFactory(CompanyFactory)
    name = "PhD internship"
    slug = factory.Sequence(lambda n: f"phd-internship-{n}")


class PostingFactory(DjangoModelFactory[Posting]):
    """An open research role."""

    class Meta:
        model = Posting

    company = factory.SubFactory(CompanyFactory)
    title = factory.Sequence(lambda n: f"Research Intern {n}")
    url = factory.Sequence(lambda n: f"https://jobs.example.org/{n}")
    url_key = factory.LazyAttribute(lambda o: o.url.removeprefix("https://"))
    search_text = factory.LazyAttribute(lambda o: f"{o.title} {o.company.name}")
    posted_at = NOW


class ApplicationFactory(DjangoModelFactory[Application]):
    """An application at the stage Interested, with its first event."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    student = factory.SubFactory(UserFactory)
    company = factory.SubFactory(CompanyFactory)
    role = factory.Sequence(lambda n: f"Research Intern {n}")
    stage = "interested"
    stage_since = TODAY

    @factory.post_generation
    def first_event(self, create, extracted, **kwargs):
        if create:
            told = {"stage": self.stage, "outcome": self.outcome, "on": self.stage_since}
            Event.objects.create(application=self, kind="added", by=self.student, **told)


class RoundFactory(DjangoModelFactory[InterviewRound]):
    """A research discussion on Thursday 12 November 2026 at 15:00 in London."""

    class Meta:
        model = InterviewRound

    application = factory.SubFactory(ApplicationFactory, stage="interviewing")
    kind = "research"
    on = dt.date(2026, 11, 12)
    time = dt.time(15, 0)
    zone = "Europe/London"
    starts_at = factory.LazyAttribute(
        lambda o: None if o.time is None else InterviewRound(on=o.on, time=o.time, zone=o.zone).derived_start()
    )


class SupervisionFactory(DjangoModelFactory[Supervision]):
    """A supervisor who accepted, and to whom the student shares stages since Saturday 3 October 2026."""

    class Meta:
        model = Supervision

    student = factory.SubFactory(UserFactory)
    supervisor = factory.SubFactory(UserFactory, is_student=False, is_supervisor=True, phd_started_on=None)
    email = factory.LazyAttribute(lambda o: o.supervisor.email if o.supervisor else "invited@waymark.example")
    level = "stages"
    level_at = dt.datetime(2026, 10, 3, 9, 0, tzinfo=dt.UTC)
    invited_at = dt.datetime(2026, 10, 1, 9, 0, tzinfo=dt.UTC)
    accepted_at = dt.datetime(2026, 10, 2, 9, 0, tzinfo=dt.UTC)
