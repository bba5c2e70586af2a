"""Who gets in: logins, sessions, roles, tokens on forms, limits on rates and sizes, calls from elsewhere."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi import FastAPI
from fastapi.testclient import TestClient
from guarded_news import FAR, LOCAL, PASSWORD, MakeClient, csrf

from waqai.cli import main
from waqai.desk.access.gate import API_BURST, MAX_BODY
from waqai.desk.access.limits import Rate
from waqai.desk.access.secret import secret_of
from waqai.errors import StoreError
from waqai.resources import Library
from waqai.store import Store
from waqai.store.accounts import add_user, all_users, open_session, user_of, with_password

CHANGING = ("/logout", "/saved", "/review/a-1-e1", "/add/text", "/add/file", "/add/address")


def test_this_machine_needs_no_login(desk: TestClient) -> None:
    assert desk.get("/").status_code == 200
    assert desk.get("/login").headers["location"] == "/"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::1", "127.0.0.1:x"])
def test_a_page_elsewhere_whose_name_leads_here_is_refused(desk: TestClient, host: str) -> None:
    assert desk.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("path", CHANGING)
def test_changes_need_the_token_of_the_form(desk: TestClient, path: str) -> None:
    assert desk.post(path, data={"action": "accept"}).status_code == 403
    assert desk.post(path, data={"action": "accept", "csrf": "0" * 64}).status_code == 403
    assert desk.post(path, data={"action": "accept", "csrf": "ع"}).status_code == 403
    assert desk.post(path, content=b"action=accept", headers={"content-type": "text/plain"}).status_code == 403


def test_the_token_of_one_visitor_is_none_of_another(desk: TestClient, visitor: MakeClient) -> None:
    stolen = csrf(visitor("نور"), "/")
    form = {"name": "لمى", "password": PASSWORD, "csrf": stolen}
    assert visitor().post("/login", data=form).status_code == 403


@pytest.mark.parametrize("headers", [
    {"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
    {"origin": "http://127.0.0.1:9999"},
])  # fmt: skip
def test_changes_sent_by_pages_elsewhere_are_refused(desk: TestClient, headers: dict[str, str]) -> None:
    refused = desk.post("/api/v1/read", json={"text": "قال"}, headers=headers)
    assert refused.status_code == 403 and refused.headers["content-type"] == "application/problem+json"


def test_a_stranger_sees_the_login_alone(visitor: MakeClient) -> None:
    stranger = visitor()
    asked = stranger.get("/events?type=AID")
    assert asked.status_code == 303 and asked.headers["location"] == "/login?next=%2Fevents%3Ftype%3DAID"
    assert stranger.get("/login?next=/events").status_code == 200
    refused = stranger.get("/api/v1/events")
    assert refused.status_code == 401 and refused.headers["www-authenticate"].startswith("Bearer")
    assert refused.json()["title"] == "Unauthorized"
    assert [stranger.post(path).status_code for path in CHANGING] == [401] * len(CHANGING)
    assert stranger.get("/static/../../store/store.py").status_code in (303, 404)


def test_a_login_opens_a_session_in_a_cookie_that_scripts_and_other_sites_cannot_use(visitor: MakeClient) -> None:
    client = visitor()
    form = {"name": "نور", "password": PASSWORD, "csrf": csrf(client, "/login"), "next": "//evil.example/x"}
    answer = client.post("/login", data=form)
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    [cookie] = [line for line in answer.headers.get_list("set-cookie") if "session" in line]
    assert cookie.startswith("__Host-waqai_session=") and "Domain" not in cookie
    assert all(part in cookie for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"))
    assert client.get("/").status_code == 200 and "نور" in client.get("/").text


def test_a_logout_ends_the_session_everywhere(visitor: MakeClient) -> None:
    client = visitor("نور")
    copy = dict(client.cookies)
    assert client.post("/logout", data={"csrf": csrf(client, "/")}).status_code == 303
    assert client.get("/").status_code == 303
    assert visitor().get("/", headers={"cookie": "; ".join(f"{k}={v}" for k, v in copy.items())}).status_code == 303


def test_readers_read_and_editors_edit(visitor: MakeClient) -> None:
    reader, editor = visitor("نور"), visitor("لمى")
    for path in CHANGING[1:]:
        assert reader.post(path, data={"csrf": csrf(reader, "/")}).status_code == 403, path
    form = {"csrf": csrf(editor, "/review/a-1-e1"), "action": "accept", "seen": "0"}
    assert editor.post("/review/a-1-e1", data=form).status_code == 303
    assert reader.get("/review/log").status_code == 200


def test_wrong_passwords_and_names_are_told_alike_and_limited(visitor: MakeClient) -> None:
    client = visitor()
    token = csrf(client, "/login")
    told = []
    for name in ("لمى", "غائب"):
        wrong = client.post("/login", data={"name": name, "password": "x" * 12, "csrf": token})
        assert wrong.status_code == 403
        told.append(re.search(r'class="wrong"[^>]*>([^<]+)', wrong.text))
    assert told[0] and told[1] and told[0][1] == told[1][1]
    codes = [client.post("/login", data={"name": "لمى", "password": "y", "csrf": token}).status_code for _ in range(12)]
    assert codes[-1] == 429
    limited = client.post("/login", data={"name": "لمى", "password": PASSWORD, "csrf": token})
    assert limited.status_code == 429 and int(limited.headers["retry-after"]) > 0


def test_the_api_is_limited_where_others_reach_it(visitor: MakeClient) -> None:
    client = visitor()
    codes = [client.get("/api/v1/events").status_code for _ in range(API_BURST + 5)]
    assert codes[0] == 401 and codes[-1] == 429


def test_a_program_shows_a_token(guarded: FastAPI, shelf: str, library: Library, visitor: MakeClient) -> None:
    with Store(shelf, library) as store:
        token = open_session(store, "نور", "api")
    client = visitor()
    assert client.get("/api/v1/events", headers={"authorization": f"Bearer {token}"}).status_code == 200
    assert client.get("/api/v1/events", auth=("x", token)).status_code == 200
    assert client.get("/api/v1/events", headers={"authorization": "Bearer x"}).status_code == 401
    assert client.get("/api/v1/events", headers={"authorization": "Basic !"}).status_code == 401
    as_cookie = visitor()
    as_cookie.cookies.set("__Host-waqai_session", token, domain="desk.example")
    assert as_cookie.get("/").status_code == 303, "a program's token is no session"


def test_bodies_are_bounded_whatever_they_say_of_their_length(desk: TestClient) -> None:
    assert desk.post("/review/a-1-e1", content=b"x" * (MAX_BODY + 1)).status_code == 413
    pieces = (b"csrf=" + b"x" * 100_000 for _ in range(20))
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert desk.post("/review/a-1-e1", content=pieces, headers=kind).status_code == 413
    assert desk.post("/review/a-1-e1", headers={"content-length": "-5"}).status_code == 400


def test_the_secret_is_made_once_and_read_by_its_owner_alone(shelf: str, library: Library) -> None:
    with Store(shelf, library) as store:
        first = secret_of(store)
        assert secret_of(store) == first and len(first) == 32
    file = Path(f"{shelf}.secret")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert first.hex().encode() not in Path(shelf).read_bytes()


def test_passwords_and_sessions_are_kept_as_hashes(guarded: FastAPI, shelf: str, library: Library) -> None:
    with Store(shelf, library) as store:
        token = open_session(store, "لمى")
        assert user_of(store, token) and user_of(store, token, "api") is None and user_of(store, "") is None
        assert with_password(store, "لمى", PASSWORD) and with_password(store, "لمى", PASSWORD + "x") is None
        with store.reading() as connection:
            rows = connection.exec_driver_sql("SELECT password, token FROM users, sessions").all()
    assert all(row[0].startswith("$argon2id$") and token not in row[1] for row in rows)


@pytest.mark.parametrize(("name", "role", "password"), [
    ("", "reader", PASSWORD), ("a b", "reader", PASSWORD), ("local", "editor", PASSWORD),
    ("x" * 65, "reader", PASSWORD),
    ("سلمى", "owner", PASSWORD), ("سلمى", "reader", "قصيرة"), ("سلمى", "reader", "ااااااااااااا"),
    ("salma-12345", "reader", "SALMA-12345"), ("لمى", "reader", PASSWORD),
])  # fmt: skip
def test_accounts_that_cannot_be_are_refused(
    guarded: FastAPI, shelf: str, library: Library, name: str, role: str, password: str
) -> None:
    with Store(shelf, library) as store, pytest.raises(StoreError):
        add_user(store, name, role, password)


def test_the_commands(shelf: str, library: Library) -> None:
    def run(*words: str, stdin: str = "") -> str:
        result = CliRunner().invoke(main, ["users", *words, "--db", shelf], input=stdin)
        assert result.exit_code == 0, result.output
        return result.stdout

    run("add", "لمى", "--role", "editor", "--password-stdin", stdin=PASSWORD + "\n")
    run("add", "نور", stdin=f"{PASSWORD}\n{PASSWORD}\n")
    assert [line.split("\t")[:2] for line in run("list").splitlines()] == [["لمى", "editor"], ["نور", "reader"]]
    token = run("token", "نور").strip()
    with Store(shelf, library) as store:
        assert user_of(store, token, "api")
        run("password", "نور", "--password-stdin", stdin="كلمة-أخرى-تماما\n")
        assert user_of(store, token, "api") is None and with_password(store, "نور", "كلمة-أخرى-تماما")
        run("remove", "نور")
        assert [user["name"] for user in all_users(store)] == ["لمى"]


def test_the_desk_does_not_start_for_others_without_accounts(shelf: str) -> None:
    refused = CliRunner().invoke(main, ["desk", "--db", shelf, "--host", "0.0.0.0"])
    assert refused.exit_code == 1 and "waqai users add" in refused.stderr


def test_a_rate_refills() -> None:
    now = [0.0]
    rate = Rate(2, 60, clock=lambda: now[0])
    assert [rate.wait("a") for _ in range(3)] == [0, 0, 1] and rate.wait("b") == 0
    now[0] = 1.0
    assert [rate.wait("a"), rate.wait("a")] == [0, 1]


def test_local_and_far_addresses(visitor: MakeClient, desk: TestClient) -> None:
    """Over plain http a session still works, under another name, without what browsers grant to https alone."""
    client = visitor("نور", base="http://10.0.0.5:8000")
    assert "waqai_session" in client.cookies and client.get("/").status_code == 200
    assert FAR.startswith("https") and LOCAL.startswith("http:")
