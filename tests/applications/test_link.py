import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from applications import link
from tracker.lib.errors import DomainError


@pytest.mark.parametrize(
    ("text", "url", "name"),
    [
        ("Tidewater", "", "Tidewater"),
        ("  Alder   &  Finch ", "", "Alder & Finch"),
        ("Stability.ai", "", "Stability.ai"),
        ("DeepMind: London", "", "DeepMind: London"),
        ("https://jobs.lever.co/acme/1", "https://jobs.lever.co/acme/1", ""),
        ("jobs.lever.co/acme/1", "https://jobs.lever.co/acme/1", ""),
        ("www.acme.ai", "https://www.acme.ai", ""),
        ("Acme https://x.com/acme/status/1", "https://x.com/acme/status/1", "Acme"),
        ("Acme - https://acme.ai/jobs", "https://acme.ai/jobs", "Acme"),
        ("https://acme.ai/jobs | Acme Labs", "https://acme.ai/jobs", "Acme Labs"),
    ],
)
def test_a_line_is_read_as_link_company_or_both(text, url, name):
    assert link.read(text) == link.Typed(url, name)


@pytest.mark.parametrize(
    ("url", "company"),
    [
        ("https://boards.greenhouse.io/acme/jobs/1", "Acme"),
        ("https://boards.greenhouse.io/embed/job_app?for=acme-labs&token=1", "Acme Labs"),
        ("https://jobs.lever.co/brightwater_health/1", "Brightwater Health"),
        ("https://jobs.ashbyhq.com/OstravaVision/1", "OstravaVision"),
        ("https://kestrel.wd5.myworkdayjobs.com/en-US/Careers/job/1", "Kestrel"),
        ("https://careers.tidewater.co.uk/roles/7", "Tidewater"),
        ("https://www.veridian.ie/jobs", "Veridian"),
        ("https://research.sable.ai/", "Sable"),
        ("https://uk.linkedin.com/jobs/view/1", ""),
        ("https://www.jobs.ac.uk/job/X1", ""),
        ("https://192.168.0.1/jobs", ""),
        ("not a link", ""),
    ],
)
def test_the_company_is_guessed_from_host_or_path(url, company):
    assert link.company_guess(url) == company


@given(st.text(max_size=300))
@example("javascript:alert(1)")
@example("data:text/html,<script>")
@example("\ud800")
@example("[")
@example("http://[")
def test_any_text_is_read_or_refused_with_a_sentence(text):
    typed = refusal = None
    try:
        typed = link.read(text)
    except DomainError as error:
        refusal = error
    if typed is None:
        assert refusal
        assert (refusal.sentence.endswith("."), refusal.field) == (True, "company_or_link")
        return
    assert typed.url or typed.name
    assert typed.url.startswith(("http://", "https://")) or not typed.url
    assert len(typed.name) <= 160
    assert isinstance(link.company_guess(typed.url), str)


HOSTS = st.from_regex(r"[a-z]{1,12}(\.[a-z]{2,8}){1,3}", fullmatch=True)


@given(st.sampled_from(["http", "https"]), HOSTS, st.text(max_size=60))
def test_a_guess_never_breaks_and_is_printable(scheme, host, path):
    guess = link.company_guess(f"{scheme}://{host}/{path}")
    assert len(guess) <= 160
    assert guess == guess.strip()


@given(st.from_regex(r"[a-z][a-z0-9-]{1,20}", fullmatch=True))
def test_all_boards_of_a_company_give_the_same_name(slug):
    boards = (
        f"https://boards.greenhouse.io/{slug}/jobs/1",
        f"https://jobs.lever.co/{slug}/1",
        f"https://jobs.ashbyhq.com/{slug}/1",
    )
    guesses = {link.company_guess(url) for url in boards} if slug not in {"embed", "api"} else {""}
    assert len(guesses) == 1
