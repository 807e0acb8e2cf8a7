"""What is read out of a university's answer, whatever it answers; and that without one there is no trace of it."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from accounts.university.claims import UntrueError, confirmed_address, full_name, identity
from tracker.env import require

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
CLAIMS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("email", "email_verified", "name", "given_name", "family_name"), JSON)
)


@given(claims=CLAIMS)
def test_any_claims_give_a_name_and_an_address(claims):
    name, (email, confirmed) = full_name(claims), confirmed_address(claims)
    assert len(name) <= 120
    assert name == "" or (name.isprintable() and name == name.strip())
    assert isinstance(email, str)
    assert not confirmed or claims["email_verified"] is True


@given(said=JSON | st.from_regex(r"\A[\w-]*\.[\w-]*\.[\w-]*\Z"), keys=JSON | st.fixed_dictionaries({"keys": JSON}))
def test_nothing_unsigned_is_anybodys_identity(said, keys):
    with pytest.raises(UntrueError):
        identity(said, keys=keys, issuer="https://uni.example", client="us", nonce="once")


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/"])
def test_without_an_issuer_nothing_is_offered(client, db, path):
    page = client.get(path).text
    assert "niversity" not in page
    assert page.count("<form") == 1


@pytest.mark.parametrize(
    "path",
    [
        "university/",
        "university/login/",
        "university/login/callback/",
        "3rdparty/",
        "social/connections/",
        "oidc/x/login/",
    ],
)
def test_without_an_issuer_there_are_no_addresses(client_of, ada, path):
    client = client_of(ada)
    assert [client.get(f"/accounts/{path}").status_code, client.post(f"/accounts/{path}").status_code] == [404, 404]
    assert (
        "niversity"
        not in client.get("/settings/profile/").text.partition('<nav class="side-nav"')[2].partition("</nav>")[0]
    )


@pytest.fixture
def whole(monkeypatch):
    said = {"OIDC_CLIENT_ID": "us", "OIDC_CLIENT_SECRET": "x", "OIDC_NAME": "University of Example"}
    for name, value in {"OIDC_ISSUER": "https://login.uni.example/realms/all", **said}.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_all_four_settings_are_taken(whole):
    require()


@pytest.mark.parametrize("name", ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME"])
def test_half_of_the_settings_is_refused_by_name(whole, name):
    whole.delenv(name)
    with pytest.raises(ImproperlyConfigured, match=f"Set {name} as well"):
        require()


@pytest.mark.parametrize(
    "issuer",
    [
        "http://login.uni.example",
        "login.uni.example",
        "https://",
        "https://a b",
        "https://x/?y",
        f"https://{'x' * 200}.example",
    ],
)
def test_an_issuer_that_anybody_on_the_way_could_be_is_refused(whole, issuer):
    whole.setenv("OIDC_ISSUER", issuer)
    with pytest.raises(ImproperlyConfigured, match="OIDC_ISSUER"):
        require()
