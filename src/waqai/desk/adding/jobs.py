"""What is being added: one job after another behind the pages, each with how far it has come."""

from __future__ import annotations

import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock

from sqlalchemy import select

from waqai.desk.adding.sources import Found
from waqai.desk.setting import Desk
from waqai.errors import InputError, WaqaiError
from waqai.exports.jsonl import as_dict
from waqai.store import rows
from waqai.store.tables import articles
from waqai.stories.keeping import Keeper
from waqai.stories.linking import Knowledge

MOST = 200  # articles of one file or feed: more are added with `waqai add`
_REMEMBERED, _WAITING = 200, 20  # jobs
_log = logging.getLogger("waqai.desk")


@dataclass(frozen=True, slots=True)
class Added:
    """One article: its number at the desk, its title, what adding it did (new, revised, known), how many events."""

    number: int
    title: str
    did: str
    events: int


@dataclass(slots=True)
class Job:
    """An input on its way into the store; `errors` are sentences on what could not be read."""

    token: str
    who: str
    what: str
    added: list[Added] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    cut: bool = False  # there were more articles than are added at the desk
    done: Event = field(default_factory=Event)


class Full(Exception):
    """Too many inputs are waiting."""


class Jobs:
    """The jobs of one running desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: OrderedDict[str, Job] = OrderedDict()
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="adding")

    def begin(self, who: str, what: str, read: Callable[[Desk], Found]) -> Job:
        """Starts a job that adds what `read` finds; `what` is its name for readers. Raises Full."""
        job = Job(secrets.token_urlsafe(12), who, what)
        with self._lock:
            if sum(not known.done.is_set() for known in self._known.values()) >= _WAITING:
                raise Full
            self._known[job.token] = job
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        self._worker.submit(self._run, job, read)
        return job

    def get(self, token: str, who: str) -> Job | None:
        """The job, None where there is none, or it is somebody else's."""
        job = self._known.get(token)
        return job if job is not None and job.who == who else None

    def _run(self, job: Job, read: Callable[[Desk], Found]) -> None:
        try:
            keeper = Keeper(self._desk.store, knowledge=lambda: Knowledge(self._desk.library))
            try:
                for found in read(self._desk):
                    if isinstance(found, InputError):
                        job.errors.append(str(found))
                    elif len(job.added) >= MOST:
                        job.cut = True
                        break
                    else:
                        job.added.append(self._add(keeper, as_dict(found)))
            finally:
                keeper.settle()
        except WaqaiError as error:
            job.errors.append(str(error))
        except Exception as error:
            _log.exception("adding %s", job.what, exc_info=error)
            job.errors.append(type(error).__name__)
        finally:
            job.done.set()

    def _add(self, keeper: Keeper, record: dict[str, object]) -> Added:
        did = keeper.keep(record).value
        query = select(articles.c.id).where(articles.c.page == rows.page(record))
        with self._desk.store.reading() as connection:
            number = connection.execute(query).scalar()
        events = record["events"]
        assert isinstance(events, list)
        return Added(int(number or 0), str(record["title"]), "known" if did == "earlier" else did, len(events))
