"""Help is open to everybody, says what is there, and every link in it is a page that this person may open."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import resolve

from tests.crawl import links

PAGES = ("/help/", "/help/capture/", "/help/guide/", "/help/shortcuts/")
PEOPLE = (None, "ada", "grace", "cora", "admin")
KEYS = re.compile(r'<dl class="keys-list">.*?</dl>', re.DOTALL)
ADVICE = {
    "when": "between October and January",
    "summer": "summer of your second or third year",
    "where": "LinkedIn",
    "close": "related to yours",
    "way-in": "Write to authors of papers",
    "most": "most of the requirements",
    "rounds": "LeetCode",
    "thinking": "colleague",
    "publishing": "part of your thesis",
    "schemes": "February",
    "like": "stand-ups",
    "came": "patent application",
    "why": "Connections",
}


@pytest.fixture
def somebody(request, db, season, clock, client_of):
    def open_as(name):
        return client_of(request.getfixturevalue(name)) if name else Client()

    return open_as


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", PEOPLE)
def test_every_link_of_help_is_a_page_that_this_person_may_open(somebody, who, path):
    client = somebody(who)
    response = client.get(path)
    assert response.status_code == 200
    main = response.text.partition("<main")[2].partition("</main>")[0]
    found = set(links(main, path))
    assert {link: client.get(link, follow=True).status_code for link in found} == dict.fromkeys(found, 200)
    anchors = set(re.findall(r'href="#([^"]+)"', main))
    assert anchors <= set(re.findall(r'id="([^"]+)"', main))


@pytest.mark.parametrize("who", PEOPLE)
def test_help_costs_no_query_beyond_who_asks(somebody, who, django_assert_max_num_queries):
    client = somebody(who)
    for path in PAGES:
        with django_assert_max_num_queries(4):  # session, person, what the header counts
            client.get(path)


@pytest.mark.parametrize(("section", "words"), ADVICE.items())
def test_the_guide_gives_the_advice_of_the_talk(somebody, section, words):
    text = somebody("ada").get("/help/guide/").text
    part = text.partition(f'<section aria-labelledby="{section}">')[2].partition("</section>")[0]
    assert words in " ".join(part.split())


def test_links_to_books_say_that_they_go_elsewhere(somebody):
    text = somebody(None).get("/help/guide/").text
    outside = re.findall(r'<a href="https://[^>]*>', text)
    assert [link for link in outside if 'rel="external noopener noreferrer"' not in link] == []
    assert len(outside) == 3


@pytest.mark.parametrize("who", PEOPLE[1:])
def test_the_page_of_shortcuts_says_what_the_dialog_says(somebody, who):
    client = somebody(who)
    shown = KEYS.findall(client.get("/help/shortcuts/").text)
    assert (len(shown), shown[0]) == (2, shown[1])  # the page, and the dialog that every page brings
    assert KEYS.findall(client.get("/companies/").text) == shown[:1]


def test_the_list_of_keys_fits_the_person(somebody):
    keys = {who: KEYS.findall(somebody(who).get("/help/shortcuts/").text)[0] for who in (None, "ada", "grace")}
    assert {who: "Go to Today" in text for who, text in keys.items()} == {None: True, "ada": True, "grace": False}
    assert "Go to Students" in keys["grace"]


def test_the_bookmark_is_one_line_that_opens_add_on_this_site(somebody, settings):
    settings.SITE_URL = "https://waymark.example"
    text = somebody("ada").get("/help/capture/").text
    script = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", text, re.DOTALL)[1])
    assert script.startswith("javascript:(() => { function capture(site, longest) {")
    assert script.endswith('open(capture("https://waymark.example", 7500), "_blank", "noopener"); })()')
    assert re.findall(r"[\n%#!]|/\*|//(?!waymark)|export", script) == []
    assert "javascript:" not in text


@pytest.mark.parametrize(
    ("who", "path"),
    [
        (None, "/accounts/login/"),
        ("ada", "/today/"),
        ("ada", "/add/"),
        ("grace", "/supervision/"),
        ("ada", "/no/such/page/"),
    ],
)
def test_help_stands_in_the_footer_of_every_page(somebody, who, path):
    foot = somebody(who).get(path).text.partition('<footer class="foot">')[2]
    assert '<p class="end"><a href="/help/">Help</a></p>' in foot


def test_help_is_no_form(somebody):
    assert {path: somebody("ada").post(path).status_code for path in PAGES} == dict.fromkeys(PAGES, 405)
    assert resolve("/help/").url_name == "help"
