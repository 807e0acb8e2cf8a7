"""What the page of a posting says of it comes into the form as a suggestion; whatever it says, the form opens."""

import json
import re
from datetime import date
from html import unescape
from urllib.parse import urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from applications.models import Application
from applications.reading.job import Job, plain_text, read_job
from applications.reading.shared import read_shared
from tests.factories import CompanyFactory
from tests.html_forms import Reader

LINK = "https://careers.tidewater.example/roles/7"
POSTING = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Research Intern, Speech",
    "hiringOrganization": {"name": "Tidewater AI"},
    "jobLocation": {"address": {"addressLocality": "Zurich", "addressCountry": "CH"}},
    "validThrough": "2027-01-15T23:59:00+00:00",
    "description": "<p>Speech for languages with little data.</p><ul><li>A PhD &amp; PyTorch</li></ul>",
}
READ = Job(
    role="Research Intern, Speech",
    company="Tidewater AI",
    place="Zurich, CH",
    closes_on=date(2027, 1, 15),
    text="Speech for languages with little data.\n\n- A PhD & PyTorch",
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8) | st.sampled_from(["name", "address"]), inner, max_size=3)
    ),
    max_leaves=10,
)


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


def opened(client, **asked):
    """Return what stands in the form that an address opens, by field."""
    page = client.get(f"/add/?{urlencode(asked)}")
    assert page.status_code == 200
    (form,) = [form for form in Reader(page.text, "/add/").forms if form.action.startswith("/add/")]
    return form, {one.name: one.value for one in form.fields}


@pytest.mark.parametrize(
    "said",
    [POSTING, [{"@type": "Organization"}, POSTING], {"@graph": [POSTING]}, POSTING | {"@type": ["Thing", "JobPosting"]},
     POSTING | {"hiringOrganization": "Tidewater AI"}],
    ids=["alone", "in a list", "in a graph", "of two kinds", "employer as text"],
)  # fmt: skip
def test_a_posting_is_read_wherever_it_stands(said):
    assert read_job(json.dumps(said)) == READ


@pytest.mark.parametrize(
    "said", ["", "{", "[]", "7", '{"@type": "Organization"}', "\0", "[" * 100_000, '{"a":' * 5_000]
)
def test_what_is_no_posting_is_nothing(said):
    assert read_job(said) == Job()


@pytest.mark.parametrize(
    ("changed", "field", "value"),
    [
        ({"validThrough": "2027-01-16T00:00:00Z"}, "closes_on", date(2027, 1, 15)),
        ({"validThrough": "soon"}, "closes_on", None),
        ({"validThrough": "9999-12-31"}, "closes_on", None),
        ({"hiringOrganization": {"name": "www.tidewater.example/jobs"}}, "company", ""),
        ({"hiringOrganization": {"name": ["x"]}}, "company", ""),
        ({"jobLocationType": "TELECOMMUTE"}, "place", "Zurich, CH · Remote"),
        ({"jobLocation": [{"address": {"addressLocality": "Zurich"}}] * 3}, "place", "Zurich"),
        ({"title": "Intern " * 100}, "role", ("Intern " * 28).strip()),
        ({"description": "&lt;p&gt;Speech&lt;/p&gt;"}, "text", "Speech"),
        ({"description": None}, "text", ""),
    ],
)
def test_odd_facts_are_read_as_they_are_meant_or_not_at_all(changed, field, value):
    assert getattr(read_job(json.dumps(POSTING | changed)), field) == value


@given(st.dictionaries(st.sampled_from([*POSTING, "jobLocationType"]), JSON))
@example({"description": "<" * 50_000})
@example({"description": "<li" * 50_000})
def test_any_posting_fits_the_fields(said):
    found = read_shared(url=LINK, title="", text="", job=json.dumps(said | {"@type": "JobPosting"}))
    job = found.job
    assert (len(job.role) <= 200, len(job.company) <= 160, len(job.place) <= 160, len(found.text) <= 50_000) == (
        True,
    ) * 4
    assert all(one == "" or one.isprintable() for one in (job.role, job.company, job.place))
    assert found.line == LINK


def test_a_description_becomes_plain_text():
    html = "<div><h2>Who you are</h2>You<br>study.<ul><li>One</li><li>Two</li></ul><script>x</script></div>"
    assert plain_text(html) == "Who you are\nYou\nstudy.\n\n- One\n- Two\nx"


def test_the_form_asks_for_place_and_day_as_well_and_saves_what_is_confirmed(ada_):
    form, typed = opened(ada_, url=LINK, title="Careers", job=json.dumps(POSTING))
    read = ("company_or_link", "role", "place", "closes_on", "posting_text")
    assert [typed[name] for name in read] == [
        f"{LINK} Tidewater AI", "Research Intern, Speech", "Zurich, CH", "2027-01-15", READ.text
    ]  # fmt: skip
    assert Application.objects.count() == 0
    sent = {name: typed[name] for name in (*read, "request_key")} | {"stage": "interested", "place": "Geneva"}
    response = ada_.post(form.action, sent)
    application = Application.objects.get()
    assert response.url == f"/applications/{application.public_id}/"
    assert (application.company.name, application.role, application.place) == ("Tidewater AI", READ.role, "Geneva")
    assert (application.closes_on, application.posting_text, application.url) == (READ.closes_on, READ.text, LINK)


def test_a_refusal_loses_none_of_it_and_more_details_neither(ada_):
    form, typed = opened(ada_, url=LINK, job=json.dumps(POSTING))
    names = ("role", "place", "closes_on", "posting_text", "request_key")
    sent = {name: typed[name] for name in names} | {"stage": "interested", "company_or_link": ""}
    response = ada_.post(form.action, sent)
    assert (response.status_code, 'value="Zurich, CH"' in response.text, "2027-01-15" in response.text) == (
        422,
        True,
        True,
    )
    more = ada_.post(form.action, sent | {"company_or_link": LINK, "more": "1"}).text
    assert re.search(r'name="place" value="Zurich, CH"', more)
    assert re.search(r'name="closes_on" value="2027-01-15"', more)
    assert READ.text in unescape(more)


def test_the_company_that_a_link_is_known_to_lead_to_is_the_one_that_counts(ada_):
    CompanyFactory(name="Tidewater", slug="tidewater", website="https://careers.tidewater.example/")
    assert opened(ada_, url=LINK, job=json.dumps(POSTING))[1]["company_or_link"] == LINK


@pytest.mark.parametrize(
    "job", ["{", "[1]", '{"@type": "JobPosting"}', '{"@type": "JobPosting", "title": {}}', "\0", "x" * 9_000]
)
def test_what_makes_no_sense_opens_the_usual_form(ada_, job):
    _form, typed = opened(ada_, url=LINK, title="Research Intern at Tidewater", job=job)
    assert (typed["company_or_link"], typed["role"], "place" in typed) == (LINK, "Research Intern", False)


def test_what_was_selected_counts_more_than_the_description(ada_):
    selected = "You work on speech. " * 20
    typed = opened(ada_, url=LINK, text=selected, job=json.dumps(POSTING))[1]
    assert typed["posting_text"] == selected.strip()


@pytest.mark.parametrize(
    "asked",
    [
        {"title": "Research Intern", "text": f"Research Intern\n{LINK}"},
        {"text": f"Look at this: {LINK} (Research Intern)"},
        {"title": LINK, "text": "Research Intern"},
        {"url": "", "title": "Research Intern at Tidewater", "text": f"<{LINK}>"},
    ],
)
def test_a_phone_shares_the_link_within_a_text(ada_, asked):
    typed = opened(ada_, **asked)[1]
    assert (typed["company_or_link"], typed["role"]) == (LINK, "Research Intern")
