import pytest
from django.test import Client

from applications.actions.welcoming import mark_welcomed
from tests.factories import NOW, ApplicationFactory, SupervisionFactory


def test_a_process_says_that_it_answers_without_any_query(db, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz/")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_deep_health_is_unwell_before_the_first_tick(db, client):
    response = client.get("/healthz/deep/")
    assert (response.status_code, response.json()) == (
        503,
        {"database": True, "redis": True, "tick": False, "outbox": True, "ticked_at": None},
    )


@pytest.mark.parametrize(
    ("who", "where"),
    [("ada", "/today/"), ("grace", "/supervision/"), ("cora", "/curation/"), ("admin", "/manage/")],
)
def test_the_front_door_leads_each_kind_of_person_to_their_page(request, client_of, who, where):
    person = request.getfixturevalue(who)
    mark_welcomed(student=person, at=NOW)
    response = client_of(person).get("/")
    assert (response.status_code, response.headers["Location"]) == (302, where)


@pytest.mark.parametrize("who", ["ada", "grace"])
def test_the_front_door_leads_newcomers_to_the_first_steps(request, client_of, who):
    assert client_of(request.getfixturevalue(who)).get("/").headers["Location"] == "/welcome/1/"


def test_whoever_has_something_already_needs_no_first_steps(ada, grace, client_of):
    ApplicationFactory(student=ada)
    SupervisionFactory(student=ada, supervisor=grace)
    places = [client_of(person).get("/").headers["Location"] for person in (ada, grace)]
    assert places == ["/today/", "/supervision/"]


def test_the_front_door_leads_strangers_to_the_sign_in_page(client, db):
    assert client.get("/").headers["Location"] == "/accounts/login/"


def test_a_form_without_its_token_keeps_what_was_typed_but_no_password(ada):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    response = client.post("/add/", {"company": "Tidewater <b>", "password": "hunter2hunter2"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "Tidewater &lt;b&gt;" in page
    assert "hunter2" not in page


def test_an_unknown_page_is_404_with_a_way_on(client_of, ada):
    response = client_of(ada).get("/no/such/page/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_health_answers_reading_only(client, db, method):
    assert getattr(client, method)("/healthz/").status_code == 405


@pytest.mark.parametrize("path", ["/demo/mail/", "/demo/mail/anything/"])
def test_the_demos_mailbox_is_not_there_outside_the_demo(client, db, path):
    assert client.get(path).status_code == 404


def test_the_demos_mailbox_shows_letters_and_leaves_its_folder_to_nobody(client, db, settings, tmp_path):
    (tmp_path / "1.eml").write_bytes(b"Subject: Tomorrow 15:00\nTo: ada@waymark.example\n\n<script>x</script>\n")
    (tmp_path.parent / "secret.eml").write_bytes(b"Subject: secret\n\n")
    settings.DEMO, settings.DEMO_MAIL_DIR = True, str(tmp_path)
    assert "Tomorrow 15:00" in client.get("/demo/mail/").content.decode()
    page = client.get("/demo/mail/1/").content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert client.get("/demo/mail/..%2Fsecret/").status_code == 404
