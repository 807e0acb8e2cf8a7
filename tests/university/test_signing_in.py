"""Signing in with a university, the whole way: a real provider, a real site, and a browser that follows the links."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.cache import cache

from accounts.models import User
from tests.factories import PASSWORD, UserFactory
from tests.university.conftest import BEGIN, NAME, Visitor, said, sites, universities
from tests.university.provider import BODIES, CLAIMS, KEYS

pytestmark = pytest.mark.django_db(transaction=True)

SETTINGS = "/accounts/university/"
CONFIRMED = {"email": "Ada@Waymark.Example", "email_verified": True, "name": "Ada Whitlock"}
UNUSABLE = (
    f"You are not signed in What {NAME} answered could not be used. Start again; if it happens once more, tell whoever"
    " runs this site. Back to sign in"
)
AWAY = (
    f"You are not signed in {NAME} does not answer. Try again in a few minutes, or sign in with your password."
    " Back to sign in"
)
ELSEWHERE = (
    "You are not signed in This was started too long ago, in another browser, or used before. Start again."
    " Back to sign in"
)


def with_password(visitor, person):
    """Sign in as somebody with a password."""
    visitor.post("/accounts/login/", "/accounts/login/", login=person.email, password=PASSWORD)
    assert visitor.who() == person.email
    return visitor


def test_a_confirmed_address_signs_in_the_person_who_confirmed_it_here(visitor, university, ada):
    university.knows("ada", **CONFIRMED)
    answer = visitor.sign_in("ada")
    assert (answer.status_code, answer.headers["Location"], visitor.who()) == (302, "/", ada.email)
    (account,) = SocialAccount.objects.all()
    assert (account.user, account.provider, account.uid, account.extra_data) == (ada, university.issuer, "ada", {})
    assert (SocialToken.objects.count(), User.objects.count()) == (0, 1)
    ada.refresh_from_db()
    assert (ada.name, ada.check_password(PASSWORD)) == ("Ada Whitlock", True)


def test_from_then_on_the_university_signs_them_in_whatever_their_address(visitor, university, ada, site):
    university.knows("ada", **CONFIRMED)
    visitor.sign_in("ada")
    university.knows("ada", email="married@uni.example", email_verified=False)
    later = Visitor(site)
    later.sign_in("ada")
    assert later.who() == ada.email


def test_a_new_person_is_a_student_with_the_name_and_address_that_the_university_knows(visitor, university):
    university.knows(
        "noor", email="Noor@Uni.Example", email_verified=True, given_name="Noor", family_name="Haddad",
        zoneinfo="Asia/Tokyo", is_staff=True, is_curator=True,
    )  # fmt: skip
    answer = visitor.sign_in("noor")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    person = User.objects.get()
    assert (person.name, person.email, person.time_zone) == ("Noor Haddad", "noor@uni.example", "Asia/Tokyo")
    roles = (person.is_student, person.is_supervisor, person.is_curator, person.is_staff, person.is_superuser)
    assert (roles, person.has_usable_password()) == ((True, False, False, False, False), False)
    (address,) = EmailAddress.objects.all()
    assert (address.email, address.verified, address.primary) == ("noor@uni.example", True, True)
    assert visitor.get("/welcome/1/").status_code == 200


@pytest.mark.parametrize(
    "claims",
    [{"email_verified": False}, {}, {"email_verified": "true"}, {"email_verified": "false"}, {"email_verified": 1}],
)
def test_an_address_that_the_university_has_not_confirmed_takes_over_no_account(visitor, university, ada, claims):
    university.knows("eve", email=ada.email, name="Eve", **claims)
    answer = visitor.sign_in("eve")
    assert (answer.status_code, visitor.who()) == (403, "")
    assert said(answer).startswith(f"One more step {NAME} does not say whether ada@waymark.example is yours")
    assert (SocialAccount.objects.count(), User.objects.count()) == (0, 1)


def test_whether_there_is_an_account_with_it_is_not_told(visitor, university, ada):
    university.knows("eve", email=ada.email)
    university.knows("new", email="new@uni.example")
    known, unknown = said(visitor.sign_in("eve")), said(visitor.sign_in("new"))
    assert known.replace(ada.email, "new@uni.example") == unknown
    assert User.objects.count() == 1


def test_whoever_has_no_address_there_is_told_so(visitor, university):
    university.knows("odd")
    answer = visitor.sign_in("odd")
    assert answer.status_code == 403
    assert said(answer).startswith(f"One more step {NAME} does not say what your e-mail address is")


def test_an_account_that_only_claims_the_address_is_not_given_to_them(visitor, university):
    squatter = UserFactory(email="ada@waymark.example")
    EmailAddress.objects.update(verified=False)
    mallory = UserFactory(email="mallory@waymark.example")
    EmailAddress.objects.create(user=mallory, email="second@waymark.example", verified=False)
    university.knows("ada", **CONFIRMED)
    university.knows("second", email="second@waymark.example", email_verified=True)
    for sub in ("ada", "second"):
        answer = visitor.sign_in(sub)
        assert (answer.headers["Location"], visitor.who()) == ("/accounts/confirm-email/", "")
    assert SocialAccount.objects.count() == 0
    squatter.refresh_from_db()
    assert squatter.check_password(PASSWORD)


def test_an_account_that_is_switched_off_stays_so(visitor, university):
    UserFactory(email="ada@waymark.example", is_active=False)
    university.knows("ada", **CONFIRMED)
    assert visitor.sign_in("ada").headers["Location"] == "/accounts/inactive/"
    assert visitor.who() == ""


def test_the_page_asked_for_comes_after_signing_in_and_no_other_site(visitor, university, ada, site):
    university.knows("ada", **CONFIRMED)
    assert visitor.sign_in("ada", next="/settings/appearance/").headers["Location"] == "/settings/appearance/"
    assert Visitor(site).sign_in("ada", next="https://evil.example/").headers["Location"] == "/"


def test_the_question_has_a_state_a_nonce_and_a_challenge_and_asks_for_no_more_than_needed(visitor, site):
    asked = {name: values[0] for name, values in parse_qs(urlsplit(visitor.begin()).query).items()}
    assert sorted(asked["scope"].split()) == ["email", "openid", "profile"]
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["redirect_uri"] == f"{site}{BEGIN}callback/"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 16


def test_a_form_of_another_site_begins_nothing_and_a_link_neither(visitor, site):
    assert visitor.session.post(f"{site}{BEGIN}", timeout=20).status_code == 403
    assert visitor.get(BEGIN).status_code == 405


def test_whoever_says_no_is_told_that_nothing_was_changed(visitor, university, ada):
    answer = visitor.get(visitor.refuse(visitor.begin()))
    assert (answer.status_code, visitor.who()) == (401, "")
    assert said(answer).startswith(f"You are not signed in {NAME} says that you did not agree. Nothing was changed.")


@pytest.mark.parametrize("change", [lambda state: state[:-1] + "_", lambda state: "", lambda state: "x" * 5_000])
def test_a_state_that_was_tampered_with_signs_nobody_in(visitor, university, ada, change):
    university.knows("ada", **CONFIRMED)
    back = visitor.agree(visitor.begin(), "ada")
    state = parse_qs(urlsplit(back).query)["state"][0]
    answer = visitor.get(back.replace(state, change(state)))
    assert (answer.status_code, said(answer), visitor.who()) == (401, ELSEWHERE, "")


def test_the_way_back_of_somebody_else_signs_nobody_in(visitor, university, ada, site):
    university.knows("ada", **CONFIRMED)
    answer = Visitor(site).get(visitor.agree(visitor.begin(), "ada"))
    assert (answer.status_code, said(answer)) == (401, ELSEWHERE)


def test_a_way_back_is_used_once(visitor, university, ada):
    university.knows("ada", **CONFIRMED)
    back = visitor.agree(visitor.begin(), "ada")
    assert visitor.get(back).status_code == 302
    visitor.post("/accounts/logout/", "/accounts/logout/")
    answer = visitor.get(back)
    assert (answer.status_code, said(answer), visitor.who()) == (401, ELSEWHERE, "")


def test_a_code_is_used_once_and_by_whom_it_is_for(visitor, university, ada, site):
    university.knows("ada", **CONFIRMED)
    used = visitor.agree(visitor.begin(), "ada")
    thief = Visitor(site)
    fresh = thief.agree(thief.begin(), "ada")
    code, own = (parse_qs(urlsplit(back).query)["code"][0] for back in (used, fresh))
    answer = thief.get(fresh.replace(own, code))
    assert (answer.status_code, said(answer), thief.who()) == (401, UNUSABLE, "")


@pytest.mark.parametrize("query", ["", "?code=x", "?error=server_error", "?state=x&code=", "?code=%00&state=%00"])
def test_a_way_back_that_nobody_came_from_is_a_sentence(visitor, query):
    assert visitor.get(f"{BEGIN}callback/{query}").status_code == 401


@pytest.mark.parametrize(
    "how", [*(how for how in CLAIMS if how != "lean"), *KEYS, *BODIES, "no-id-token", "broken-keys", "lean-of-another"]
)
def test_an_answer_that_is_not_what_it_should_be_signs_nobody_in(visitor, university, ada, how):
    university.knows("ada", **CONFIRMED)
    university.bend(how)
    answer = visitor.sign_in("ada")
    assert (answer.status_code, said(answer), visitor.who()) == (401, UNUSABLE, "")
    assert SocialAccount.objects.count() == 0


def test_a_university_that_tells_addresses_elsewhere_is_asked_there(visitor, university, ada):
    university.knows("ada", **CONFIRMED)
    university.bend("lean")
    visitor.sign_in("ada")
    assert visitor.who() == ada.email


@pytest.mark.parametrize("how", ["posing", "unfinished", "elsewhere", "odd"])
def test_a_university_that_describes_itself_as_another_is_not_gone_to(visitor, university, how):
    university.bend(how)
    answer = visitor.post(BEGIN, "/accounts/login/")
    assert (answer.status_code, said(answer)) == (401, AWAY)


def test_a_wrong_secret_is_a_sentence(university, ada, tmp_path, transactional_db):
    university.knows("ada", **CONFIRMED)
    with sites(university, tmp_path, OIDC_CLIENT_SECRET="not-this-one") as site:
        visitor = Visitor(site)
        answer = visitor.sign_in("ada")
        assert (answer.status_code, said(answer), visitor.who()) == (401, UNUSABLE, "")


def test_without_the_university_everything_else_goes_on(ada, tmp_path, transactional_db):
    with universities(tmp_path) as university, sites(university, tmp_path) as site:
        university.knows("ada", **CONFIRMED)
        visitor, began = Visitor(site), Visitor(site)
        back = began.agree(began.begin(), "ada")
        university.process.kill()
        university.process.wait()
        answer = began.get(back)
        assert (answer.status_code, said(answer)) == (401, AWAY)
        cache.clear()
        for _ in range(2):
            answer = visitor.post(BEGIN, "/accounts/login/")
            assert (answer.status_code, said(answer)) == (401, AWAY)
        before = time.monotonic()
        with_password(visitor, ada)
        assert visitor.get(SETTINGS).status_code == 200
        assert time.monotonic() - before < 5


def test_somebody_connects_and_disconnects(visitor, university, ada):
    university.knows("work", email="ada@elsewhere.example", email_verified=False)
    with_password(visitor, ada)
    assert visitor.sign_in("work", page=SETTINGS).headers["Location"] == SETTINGS
    (account,) = SocialAccount.objects.all()
    assert account.user == ada
    page = visitor.get(SETTINGS)
    assert f"{NAME} Connected since" in said(page)
    assert visitor.post(SETTINGS, SETTINGS, account=account.pk).status_code == 302
    assert (SocialAccount.objects.count(), EmailAddress.objects.count()) == (0, 1)
    assert f"{NAME} Not connected." in said(visitor.get(SETTINGS))


def test_whoever_has_no_password_keeps_the_connection(visitor, university):
    university.knows("noor", email="noor@uni.example", email_verified=True, name="Noor")
    visitor.sign_in("noor")
    page = visitor.get(SETTINGS)
    assert "You have no password here. Choose one if you want to disconnect." in said(page)
    answer = visitor.post(SETTINGS, "/settings/profile/", account=SocialAccount.objects.get().pk)
    assert answer.status_code == 422
    assert "Choose a password first; without one you could not sign in any more." in said(answer)
    assert SocialAccount.objects.count() == 1


def test_nobody_disconnects_or_takes_what_is_somebody_elses(visitor, university, ada, mallory, site):
    university.knows("ada", **CONFIRMED)
    visitor.sign_in("ada")
    other = with_password(Visitor(site), mallory)
    assert other.post(SETTINGS, SETTINGS, account=SocialAccount.objects.get().pk).status_code == 422
    other.sign_in("ada", page=SETTINGS)
    assert SocialAccount.objects.get().user == ada
    assert "Not connected: this account belongs to somebody else here." in other.get(SETTINGS).text


def test_strangers_have_no_settings(visitor):
    assert visitor.get(SETTINGS).headers["Location"] == f"/accounts/login/?next={SETTINGS}"


def test_two_who_come_back_at_once_are_one_person(visitor, university, site):
    from concurrent.futures import ThreadPoolExecutor

    university.knows("noor", email="noor@uni.example", email_verified=True, name="Noor")
    both = [visitor, Visitor(site)]
    backs = [one.agree(one.begin(), "noor") for one in both]
    with ThreadPoolExecutor() as pool:
        codes = list(pool.map(lambda pair: pair[0].get(pair[1]).status_code, zip(both, backs, strict=True)))
    assert set(codes) <= {302, 401}
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 1)
