"""The page to add, and the page that tells how far adding has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, File, Form, HTTPException, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from waqai.arabic import ascii_digits
from waqai.desk.access.gate import MAX_UPLOAD
from waqai.desk.adding.jobs import MOST, Full, Jobs
from waqai.desk.adding.sources import Found, Pasted, bare_name, from_address, from_file, from_text
from waqai.desk.rendering import render, taste_of
from waqai.desk.setting import Desk, desk_of
from waqai.desk.written import clip
from waqai.errors import InputError
from waqai.readers.addresses import refuse_other_schemes

router = APIRouter(prefix="/add", include_in_schema=False)
_NOTHING = dict.fromkeys(("text", "title", "published", "source", "url", "address"), "")
_AT_ONCE = 3.0  # seconds a reader waits for the article itself before being shown how far it has come


def _jobs(request: Request) -> Jobs:
    state = request.app.state
    if not hasattr(state, "jobs"):
        state.jobs = Jobs(desk_of(request))
    jobs: Jobs = state.jobs
    return jobs


@router.get("")
def form(request: Request) -> Response:
    """The three ways to add."""
    return _form(request)


@router.post("/text")
def text(
    request: Request,
    text: Annotated[str, Form(max_length=500_000)] = "",
    title: Annotated[str, Form(max_length=5_000)] = "",
    published: Annotated[str, Form(max_length=40)] = "",
    source: Annotated[str, Form(max_length=200)] = "",
    url: Annotated[str, Form(max_length=2_048)] = "",
) -> Response:
    """Adds a pasted text."""
    typed = {"text": text, "title": title, "published": published.strip(), "source": source, "url": url}
    if not text.strip():
        return _form(request, "add.empty", way="text", typed=typed)
    day = ascii_digits(published.strip())
    if day and not _is_date(day):
        return _form(request, "add.no_date", way="published", typed=typed)
    if url.strip():
        try:
            refuse_other_schemes(url.strip(), "")
        except InputError:
            return _form(request, "add.no_address", way="url", typed=typed)
    pasted = Pasted(text, title, day, source.strip(), url.strip())
    return _begun(request, clip(title or text, 80), partial(from_text, pasted=pasted))


@router.post("/file")
def file(request: Request, file: Annotated[UploadFile | None, File()] = None) -> Response:
    """Adds the articles of a file. Its name says of what kind it is, never where it lies."""
    if file is None or not file.filename:
        return _form(request, "add.empty", way="file")
    body = file.file.read(MAX_UPLOAD + 1)
    if len(body) > MAX_UPLOAD:
        raise HTTPException(413)
    if not body:
        return _form(request, "add.empty", way="file")
    name = bare_name(file.filename)
    return _begun(request, name, partial(from_file, body=body, name=name))


@router.post("/address")
def address(request: Request, url: Annotated[str, Form(max_length=2_048)] = "") -> Response:
    """Adds the page at an address."""
    url = url.strip()
    try:
        refuse_other_schemes(url, "")
    except InputError:
        return _form(request, "add.no_address", way="address", typed={"address": url})
    return _begun(request, clip(url, 80), partial(from_address, url=url))


@router.get("/{token}")
def progress(request: Request, token: str) -> Response:
    """How far a job has come."""
    job = _jobs(request).get(token, request.state.user.name)
    if job is None:
        raise HTTPException(404)
    return render(request, "adding/progress.html", job=job, done=job.done.is_set(), most=MOST)


def _form(request: Request, wrong: str = "", way: str = "", typed: Mapping[str, str] = _NOTHING) -> Response:
    """The form; `wrong` is told where `way` says, and what was `typed` stays."""
    context = {"wrong": wrong, "way": way, "typed": {**_NOTHING, **typed}, "megabytes": MAX_UPLOAD >> 20, "most": MOST}
    return render(request, "adding/form.html", 422 if wrong else 200, **context)


def _is_date(said: str) -> bool:
    """Whether it is a date as records have them: a day, with a time or without, a month or a year."""
    try:
        datetime.fromisoformat(said + "-01-01"[len(said) - 4 :] if len(said) in (4, 7) else said)
    except ValueError:
        return False
    return said[:4].isdigit() and said[4:5] in ("", "-")


def _begun(request: Request, what: str, read: Callable[[Desk], Found]) -> Response:
    """Begins to add, and leads to the article where that is quickly done, else to the page that tells how far it is."""
    try:
        job = _jobs(request).begin(request.state.user.name, what, read)
    except Full:
        said = desk_of(request).texts.say(taste_of(request).language)("add.full")
        raise HTTPException(429, said, headers={"Retry-After": "30"}) from None
    if job.done.wait(_AT_ONCE) and len(job.added) == 1 and not job.errors:
        return RedirectResponse(f"/article/{job.added[0].number}", 303)
    return RedirectResponse(f"/add/{job.token}", 303)
