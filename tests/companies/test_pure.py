"""The pure modules: links, names, titles, terms, words for windows."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from companies.boards import board_of, read_board
from companies.links import LONGEST_KEY, BadLinkError, host_of, link_key, read_link, split_link
from companies.naming import match_key
from companies.places import country_name
from companies.research import is_research, judge
from companies.terms import summer, summer_applied_for, term_start, terms_around, terms_starting
from companies.windows import checked_words, length_words, places_words, window_words, zone_words


@pytest.mark.parametrize(
    "url",
    [
        "https://jobs.example.org/7",
        "http://jobs.example.org/7/",
        "HTTPS://JOBS.Example.org:443/7",
        " https://jobs.example.org/7?utm_source=x&utm_medium=y&gh_src=z&ref=a&source=b ",
        "https://jobs.example.org/7#apply",
        "https://jobs.example.org/7?#/",
    ],
)
def test_spellings_of_one_link_have_one_key(url):
    assert link_key(url) == "jobs.example.org/7"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.org/jobs?gh_jid=1", "https://x.org/jobs?gh_jid=2"),
        ("https://x.org/jobs#/job/1", "https://x.org/jobs#/job/2"),
        ("https://x.org/Jobs", "https://x.org/jobs"),
        ("https://x.org:8443/a", "https://x.org/a"),
        ("https://x.org/a", "https://y.org/a"),
    ],
)
def test_links_to_different_jobs_stay_apart(one, other):
    assert link_key(one) != link_key(other)


def test_order_and_repetition_of_parameters_do_not_count():
    assert link_key("https://x.org/j?b=2&a=1&b=2") == link_key("https://x.org/j?a=1&b=2") == "x.org/j?a=1&b=2"


def test_the_step_behind_a_posting_is_the_posting():
    assert link_key("https://jobs.lever.co/waymo/1/apply") == "jobs.lever.co/waymo/1"
    assert link_key("https://jobs.ashbyhq.com/cohere/1/application?x=1") == "jobs.ashbyhq.com/cohere/1?x=1"
    assert link_key("https://x.org/apply") == "x.org/apply"


@pytest.mark.parametrize(
    "url",
    [
        "", "   ", "javascript:alert(1)", "data:text/html,x", "ftp://x.org/a", "mailto:a@x.org", "//x.org/a", "x.org/a",
        "https://", "https://localhost/a", "https://x/a", "https://a b.org/", "https://x.org/a b", "https://x.org/\0",
        "https://user:pass@x.org/a", "https://google.com@evil.org", "https://[::1/a", "https://x.org:99999/", "https://-x.org/",
        "https://x.org/\ud800", "https://x.org/\nSet-Cookie:a", "https:/\\x.org",
    ],
)  # fmt: skip
def test_what_is_no_link_to_a_page_is_refused(url):
    with pytest.raises(BadLinkError, match="Enter a full web address"):
        link_key(url)


@given(st.from_regex(r"https?://[a-zA-Z0-9.:@-]{1,8}[!-~]{0,12}", fullmatch=True))
@example("https://x.org/a?b#c?d")
@example("https://x.org?a=1")
@example("https://x.org#a/b")
def test_a_link_is_taken_apart_as_urllib_does(url):
    try:
        parts = split_link(url)
    except BadLinkError:
        return
    assert parts == urlsplit(url)


def test_a_link_of_5000_characters_is_refused():
    with pytest.raises(BadLinkError, match="at most 2,000 characters; this one has 5,000"):
        read_link("https://x.org/".ljust(5000, "x"))


def test_long_links_that_differ_at_the_end_stay_apart():
    keys = {link_key(f"https://x.org/{'a' * 1900}{end}") for end in "bc"}
    assert [len(key) for key in keys] == [LONGEST_KEY] * 2


@given(st.text() | st.from_regex(r"https?://[\w.-]{1,20}(/\S{0,20})?(\?\S{0,20})?(#\S{0,20})?", fullmatch=True))
@example("https://x.org/?&&&=")
@example("http://[")
@example("https://\u2100.org")
def test_any_text_is_a_link_or_refused(text):
    try:
        link = read_link(text)
    except BadLinkError:
        return
    assert 0 < len(link.key) <= LONGEST_KEY
    assert link_key(f"https://{link.key}") == link.key
    assert (host_of(text), board_of(text)) != (None, None)


def test_a_host_is_told_without_www():
    assert host_of("https://www.Waymo.com/careers") == "waymo.com"
    assert host_of("nothing") == ""


@pytest.mark.parametrize(
    ("url", "board"),
    [
        ("https://boards.greenhouse.io/waymo/jobs/1", "waymo"),
        ("https://job-boards.eu.greenhouse.io/waymo/jobs/1", "waymo"),
        ("https://boards.greenhouse.io/embed/job_app?for=waymo&token=1", "waymo"),
        ("https://boards.greenhouse.io/embed/job_app?token=1", ""),
        ("https://boards.greenhouse.io/", ""),
        ("https://jobs.eu.lever.co/waymo/0d1e", "waymo"),
        ("https://jobs.ashbyhq.com/Way%20Mo/0d1e/application", "Way Mo"),
        ("https://jobs.smartrecruiters.com/oneclick-ui/company/Waymo/publication/1", "Waymo"),
        ("https://apply.workable.com/waymo/j/7A4B/", "waymo"),
        ("https://waymo.workable.com/j/7A4B", "waymo"),
        ("https://jobs.workable.com/view/1", ""),
        ("https://jobs.jobvite.com/careers/waymo/job/o1", "waymo"),
        ("https://app.careerpuck.com/job-board/waymo/job/1", "waymo"),
        ("https://ats.rippling.com/en-GB/waymo/jobs/1", "waymo"),
        ("https://nvidia.wd5.myworkdayjobs.com/a/b", "nvidia"),
        ("https://wd1.myworkdaysite.com/en-US/recruiting/waymo/jobs/job/x", "waymo"),
        ("https://careers-sri.icims.com/jobs/1", "sri"),
        ("https://university-uber.icims.com/jobs/1", "uber"),
        ("https://waymo.jobs.personio.de/job/1", "waymo"),
        ("https://waymo.recruitee.com/o/intern", "waymo"),
        ("https://waymo.taleo.net/careersection/2/jobdetail.ftl?job=1", "waymo"),
        ("https://aa067.taleo.net/careersection/2/jobdetail.ftl?job=1", ""),
        ("https://www.recruitee.com/", ""),
        ("https://waymo.com/greenhouse", ""),
        ("nothing", ""),
    ],
)
def test_a_board_is_told_by_its_address(url, board):
    assert board_of(url) == board


def test_the_keys_of_a_boards_postings_begin_alike_on_all_its_hosts():
    for url in ("https://jobs.lever.co/waymo/0d1e/apply", "https://jobs.eu.lever.co/waymo?utm_source=x"):
        assert read_board(url).keys == ("jobs.lever.co/waymo/", "jobs.eu.lever.co/waymo/")
    assert link_key("https://jobs.lever.co/waymo/0d1e/apply").startswith("jobs.lever.co/waymo/")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mosaic ML", "MosaicML"),
        ("AQR Capital Management", "AQR Capital Management, LLC"),
        ("The Boeing Company", "Boeing"),
        ("Johnson & Johnson", "Johnson and Johnson"),
        ("Carter's Careers", "Carters Careers"),
        ("  identifeye HEALTH", "Identifeye Health\t"),
        ("Nestlé S.A.", "Nestle"),
        ("Würth GmbH & Co. KG", "Wurth GmbH and Co KG"),
        ("SRC Inc.", "SRC"),
    ],
)
def test_spellings_of_one_company_have_one_key(one, other):
    assert match_key(one) == match_key(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Google", "Google Research"), ("AMD", "ADM"), ("Inc", "Corp")])
def test_different_companies_stay_apart(one, other):
    assert match_key(one) != match_key(other)


@given(st.text(max_size=300))
def test_a_key_is_its_own_key_and_fits(name):
    key = match_key(name)
    assert len(key) <= 160
    assert (key == "") is not any(c.isalnum() for c in key)


@pytest.mark.parametrize(
    "title",
    [
        "Research Scientist Intern", "PhD Intern, Robotics", "Ph.D. Fellowship", "Applied Science Internship",
        "Student Researcher", "Doctoral intern", "Machine Learning Intern - Phd", "Quantitative Researcher Intern",
        "Applied Scientist Intern", "Foundational AI Research Intern", "Scientific Intern - Bachelors/Masters/Phd",
        "Research Intern (Product Research)",
    ],
)  # fmt: skip
def test_research_and_phd_roles_are_told(title):
    assert is_research(title)


@pytest.mark.parametrize(
    "title",
    [
        "Software Engineering Intern", "Research Analyst Intern",
        "Operations Research Intern", "Market Research Analyst", "Data Scientist Intern",
        "UIUC Research Park Intern - Data Analytics", "Investment Research Summer Analyst", "Rephdasing", "",
        "Product Research Internship", "Data Engineering Co-Op - Research & Development",
        "Clinical Research Coordinator",
    ],
)  # fmt: skip
def test_other_roles_are_told_apart(title):
    assert not is_research(title)


@pytest.mark.parametrize(
    ("degrees", "description", "why"),
    [
        (["PhD"], "", "degrees: PhD alone"),
        (["Ph.D."], "", "degrees: PhD alone"),
        (["Master's", "PhD"], "You are pursuing a PhD in machine learning.", ""),
        ([], "You are pursuing a PhD in machine learning.", "text: “pursuing a phd”"),
        ([], "Currently  enrolled in a\nfull-time PhD programme", "text: “enrolled in a full-time phd”"),
        ([], "Pursuing a Bachelor's, Master's or PhD", ""),
        ([], "You work with PhD students and other researchers of our team", ""),
        ([], "We are looking for outstanding PhD students.", "text: “looking for outstanding phd students”"),
        ([], "Our team publishes at NeurIPS.", ""),
        ([], "x" * 20_000 + " pursuing a PhD", ""),
    ],
)
def test_degrees_and_text_tell_where_the_title_does_not(degrees, description, why):
    found = judge("Machine Learning Intern", degrees, description)
    assert (found.is_research, found.why) == (bool(why), why)


@given(st.text(max_size=400), st.lists(st.text(max_size=30), max_size=4), st.text(max_size=400))
def test_any_posting_is_judged_and_says_why(title, degrees, description):
    found = judge(title, degrees, description)
    assert bool(found.why) is found.is_research
    assert len(found.why) <= 200


def test_a_summer_has_its_default_window():
    found = summer(2027)
    assert (found.name, found.slug) == ("Summer 2027", "summer-2027")
    assert (found.opens_on, found.closes_on) == (dt.date(2026, 10, 1), dt.date(2027, 1, 31))
    assert found.starts_on == dt.date(2027, 6, 1)


@pytest.mark.parametrize(
    ("day", "year"),
    [((2024, 1, 17), 2024), ((2022, 9, 16), 2023), ((2026, 7, 31), 2026), ((2026, 8, 1), 2027), ((2027, 2, 28), 2027)],
)
def test_a_day_belongs_to_the_summer_it_comes_before(day, year):
    assert summer_applied_for(dt.date(*day)) == year


@pytest.mark.parametrize(
    ("term", "month"),
    [("Winter 2027", 1), ("spring 2027", 3), ("Summer 2027", 6), ("Fall 2027", 9), (" Autumn 2027 ", 9)],
)
def test_a_term_starts_in_its_month(term, month):
    assert term_start(term) == dt.date(2027, month, 1)


@pytest.mark.parametrize("term", ["Summer", "2027", "Sommer 2027", "Summer 0000", "Summer 20271", ""])
def test_other_texts_are_no_terms(term):
    assert term_start(term) is None


def test_terms_near_a_day():
    assert terms_starting(dt.date(2026, 11, 10), dt.date(2027, 3, 1)) == ["Winter 2027", "Spring 2027"]
    assert terms_around(dt.date(2026, 11, 10))[::5] == ["Summer 2025", "Fall 2026", "Winter 2028"]


D = dt.date
AOE = "Etc/GMT+12"


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (
            ("expected", None, D(2027, 2, 28), "Europe/London"),
            "Expected to close in February 2027. No day is announced yet.",
        ),
        (
            ("expected", D(2026, 10, 1), D(2027, 1, 31), AOE),
            "Expected to open in October 2026 and close in January 2027. No day is announced yet.",
        ),
        (("expected", None, None, AOE), "Expected. No days are known yet."),
        (
            ("confirmed", D(2026, 10, 1), D(2027, 1, 31), AOE),
            "Opens on 1 October 2026 and closes on 31 January 2027, anywhere on earth (UTC-12).",
        ),
        (("confirmed", None, D(2027, 1, 31), "America/New_York"), "Closes on 31 January 2027, New York time."),
        (("confirmed", D(2026, 10, 1), None, "UTC"), "Opens on 1 October 2026, UTC. No closing day is stated."),
        (("confirmed", None, None, AOE), "Confirmed, without days."),
        (("closed", None, D(2024, 1, 17), "Europe/London"), "Closed on 17 January 2024, London time."),
        (("closed", D(2022, 9, 16), None, "Europe/London"), "Closed."),
    ],
)
def test_a_window_is_said_in_words(window, words):
    assert window_words(*window) == words


def test_small_words():
    assert zone_words("America/Argentina/Buenos_Aires") == "Buenos Aires time"
    assert checked_words(D(2026, 11, 3)) == "Checked on 3 November 2026"
    assert checked_words(None) == "Not checked yet"
    assert length_words(12, 16) == "12 to 16 weeks"
    assert length_words(12, 12) == "12 weeks"
    assert length_words(None, 16) == "up to 16 weeks"
    assert length_words(12, None) == "12 weeks or more"
    assert length_words(None, None) == ""
    assert places_words(["A", "B", "C", "D", "E"]) == "A · B · C and 2 more"
    assert places_words([]) == ""
    assert country_name("CH") == "Switzerland"
    assert country_name("Atlantis") == "Atlantis"
