"""The tags and filters that every template has."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.templatetags.static import static
from django.test import RequestFactory
from django.utils import timezone

from tracker.lib import mark
from tracker.lib.forms import PlainWords


@dataclass(frozen=True)
class Look:
    label: str
    icon: str
    css: str


def render(source, request=None, **context):
    return Template(source).render(Context({"request": request, **context}))


def test_an_icon_without_a_label_is_decoration():
    assert render('{% icon "send" %}') == '<svg class="i" aria-hidden="true"><use href="/static/icons.svg#send"/></svg>'


def test_an_icon_with_a_label_speaks_and_escapes():
    drawn = render("{% icon name label %}", name="lock", label='Only "you"')
    assert drawn == (
        '<svg class="i" role="img" aria-label="Only &quot;you&quot;"><use href="/static/icons.svg#lock"/></svg>'
    )


@pytest.mark.parametrize("source", ['{% icon "no-such-icon" %}', "{% icon %}", '{% icon "send" "a" "b" %}'])
def test_an_icon_we_do_not_have_is_refused_when_the_template_is_read(source):
    with pytest.raises(TemplateSyntaxError):
        Template(source)


def test_an_asset_has_the_address_of_its_static_file():
    assert render("{% asset 'css/site.css' %}") == static("css/site.css")


def test_a_stage_pill_has_icon_word_and_colour():
    drawn = render("{% stage_pill look %}", look=Look("Applied", "send", "st-applied"))
    assert drawn == (
        '<span class="pill st-applied"><svg class="i" aria-hidden="true"><use href="/static/icons.svg#send"/></svg>'
        "Applied</span>"
    )


def test_a_pill_escapes_its_words():
    assert render("{% pill words %}", words="<b>") == '<span class="pill soft">&lt;b&gt;</span>'


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Tidewater", "TI"),
        ("Alder & Finch", "AF"),
        ("The Alan Turing Institute", "AT"),
        ("3M", "3M"),
        ("Ørsted Wind", "ØW"),
        ("!!!", "?"),
        ("", "?"),
    ],
)
def test_a_mark_takes_the_letters_of_the_words_that_count(name, letters):
    assert mark.initials(name) == letters


def test_a_mark_keeps_its_colour_whatever_the_case():
    assert mark.tone("Tidewater") == mark.tone("TIDEWATER") == "m4"


def test_a_mark_is_hidden_from_screen_readers():
    assert render('{% mark "Tidewater" "s" %}') == '<span class="mono m4 s" aria-hidden="true">TI</span>'


@pytest.mark.parametrize(
    ("path", "said"), [("/today/", ' aria-current="page"'), ("/today/why/", ' aria-current="true"'), ("/window/", "")]
)
def test_a_link_knows_whether_it_is_current(path, said):
    assert render('{% current "/today/" %}', request=RequestFactory().get(path)) == said


def test_dates_read_as_people_write_them():
    thursday = dt.date(2026, 11, 12)
    source = "{{ d|day }}; {{ d|short_day }}; {{ d|full_day }}; {{ d|weekday }}; {{ d|iso }}; {{ none|day }}"
    assert render(source, d=thursday, none=None) == (
        "Thu 12 Nov; 12 Nov; 12 November 2026; Thursday 12 November; 2026-11-12; "
    )


def test_a_moment_names_the_zone_of_the_reader():
    at = dt.datetime(2026, 11, 12, 15, tzinfo=dt.UTC)
    with timezone.override("America/New_York"):
        assert render("{{ at|moment }}", at=at) == "Thu 12 Nov, 10:00 EST"


class RoundForm(PlainWords, forms.Form):
    kind = forms.ChoiceField(choices=[("coding", "Coding")], widget=forms.RadioSelect)
    url = forms.URLField(label="Link or company", error_messages={"required": "Enter a link or a company"})
    cv = forms.CharField(label="CV version")
    sent = forms.BooleanField(label="I have sent it")


def test_refused_fields_ask_for_themselves_and_link_to_their_control():
    source = "{% for id, error in form|field_errors %}{{ id }}: {{ error }}; {% endfor %}"
    assert render(source, form=RoundForm({})) == (
        "id_kind_0: Choose the kind; id_url: Enter a link or a company; id_cv: Enter the CV version; "
        "id_sent: Tick “I have sent it”; "
    )


def test_the_words_stay_with_the_form_they_were_made_for():
    RoundForm({})
    assert RoundForm.base_fields["cv"].error_messages["required"] == "This field is required."


@pytest.mark.parametrize(
    ("part", "context", "expected"),
    [
        ("form_errors", {"form": forms.Form()}, ""),
        ("more", {"url": "/a/?after=1"}, "Show more"),
        ("crumb", {"url": "/applications/", "label": "Applications", "here": "Tidewater"}, 'aria-current="page"'),
        ("empty", {"title": "Nothing due today", "text": "Rest."}, "<h2>Nothing due today</h2>"),
        ("toast", {"text": "Added.", "undo_url": "/undo/x/", "csrf_token": "t"}, 'action="/undo/x/"'),
    ],
)
def test_each_shared_part_renders(part, context, expected):
    assert expected in render(f'{{% include "_parts/{part}.html" %}}', **context)
