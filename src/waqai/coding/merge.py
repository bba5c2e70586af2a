"""One act told twice in an article is one event: headline, lead and body tell it once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from waqai.arabic import fold
from waqai.model import Actor, Draft, Event

# Triggers of one type closer than this, in code points, tell one act; worth 0.003 of type F1 in the five-fold check.
NEAR = 60


def merge(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with each act once, in the order of the sentences that tell most of it."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        home = next((group for group in groups if all(_same_act(draft, other) for other in group)), None)
        if home is None:
            groups.append([draft])
        else:
            home.append(draft)
    merged = [_united(group) for group in groups]
    return sorted(merged, key=lambda draft: (draft.event.evidence_span.start, draft.event.trigger_span.start))


def _same_act(one: Draft, two: Draft) -> bool:
    a, b = one.event, two.event
    if a.type != b.type or not _dates_agree(a.date, b.date):
        return False
    if a.status != b.status and "denied" in (a.status, b.status):
        return False
    if one.sentence == two.sentence and a.status == b.status and _near(a, b):
        return True
    if a.mode and b.mode and a.mode != b.mode and one.sentence != two.sentence:
        return False
    straight = _sides_agree(a.sources, b.sources) and _sides_agree(a.targets, b.targets)
    crossed = a.type == "CONSULT" and _sides_agree(a.sources, b.targets) and _sides_agree(a.targets, b.sources)
    if not (straight or crossed):
        return False
    return one.sentence == two.sentence or bool(_names(a) & _names(b)) or _bare_twin(one, two)


def _near(one: Event, two: Event) -> bool:
    """Two words side by side for one act: "شن غارات وقصف", "قتلوا في الهجوم"."""
    return abs(one.trigger_span.start - two.trigger_span.start) < NEAR


def _bare_twin(one: Draft, two: Draft) -> bool:
    """A nameless telling of the act ("الهجوم") beside the one that names its parties, in a neighbouring sentence."""
    bare = not _names(one.event) or not _names(two.event)
    return bare and abs(one.sentence - two.sentence) <= 2


def _sides_agree(one: Sequence[Actor], two: Sequence[Actor]) -> bool:
    if not one or not two:
        return True
    return any(_same_actor(a, b) for a in one for b in two)


def _same_actor(one: Actor, two: Actor) -> bool:
    a, b = _words(one.name), _words(two.name)
    if a & b and (a <= b or b <= a or len(a & b) * 2 >= len(a | b)):
        return True
    return (
        one.code == two.code
        and one.code[4:] in ("GOV", "MIL")
        and one.code[:3] != "---"
        and not one.role
        and not two.role
    )


@lru_cache(maxsize=1 << 12)
def _words(name: str) -> frozenset[str]:
    return frozenset(word.removeprefix("ال") for word in fold(name).split())


def _names(event: Event) -> set[str]:
    return {word for actor in (*event.sources, *event.targets) for word in _words(actor.name)}


def _dates_agree(one: str, two: str) -> bool:
    return one.startswith(two) or two.startswith(one)


def _fullness(draft: Draft) -> tuple[int, int, float, int]:
    event = draft.event
    told = 2 * bool(event.sources) + 2 * bool(event.targets) + bool(event.date) + bool(event.place)
    return (not draft.title, told, event.confidence, -draft.sentence)


def _united(group: list[Draft]) -> Draft:
    """The fullest telling, with what it lacks taken from the others."""
    best = max(group, key=_fullness)
    others = [draft.event for draft in group if draft is not best]
    event = best.event
    sources, targets = event.sources, event.targets
    date, date_from, place = event.date, event.date_from, event.place
    mode = event.mode
    confidence = event.confidence
    for other in others:
        sources = sources or tuple(a for a in other.sources if not any(_same_actor(a, t) for t in targets))
        targets = targets or tuple(a for a in other.targets if not any(_same_actor(a, s) for s in sources))
        if len(other.date) > len(date):
            date, date_from = other.date, other.date_from
        place = place or other.place
        mode = mode or other.mode
        confidence = max(confidence, other.confidence)
    united = replace(
        event,
        sources=sources,
        targets=targets,
        date=date,
        date_from=date_from,
        place=place,
        mode=mode,
        confidence=confidence,
    )
    return replace(best, event=united)
