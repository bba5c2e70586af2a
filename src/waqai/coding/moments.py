"""When: chooses among the time expressions an act could be dated by, or none, with a trained ranking model.

The rule of circumstances.py picks the expression of the act's own clause; it is one of the features. Beside the
expressions of the sentence stands the last day told before it, for reports that go on about the same day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waqai.arabic import fold
from waqai.coding.circumstances import iso_date
from waqai.coding.weights import LinearModel
from waqai.model import Moment, Scene, Timex, Trigger

DAY = len("2024-03-25")


class MomentChooser:
    """Chooses the date of an act."""

    def __init__(self, model: LinearModel) -> None:
        self._model = model

    def choose(self, moments: Sequence[Moment]) -> str:
        """The ISO prefix of the likeliest of `moments`, "" for none."""
        return max(moments, key=lambda moment: self._model.score(moment.features)).date


def moments(
    trigger: Trigger, scene: Scene, times: Sequence[Timex], ruled: Timex | None, published: str
) -> list[Moment]:
    """The candidates for the date of `trigger`: no date first, then the sentence's expressions, then carried days.

    `times` are the article's expressions, `ruled` the one the rule picks, `published` the ISO date of publication.
    Carried days are the first one the article tells and the last one told before the sentence.
    """
    span = scene.sentence.span
    dated = [time for time in times if span.holds(time.span) and iso_date(time.value)]
    word = scene.sentence.words[trigger.index]
    if ruled is not None and trigger.part == "verb" and "و" in word.proclitics:
        # A time before "و" and a verb belongs to the act before, where the verb has one of its own.
        dated = [time for time in dated if time.span.start > word.span.start or time is ruled]
    state = f"part={trigger.part}|dated={min(len(dated), 2)}"
    found = [Moment("", tuple(_without(trigger, state, ruled is not None)))]
    for number, time in enumerate(dated):
        found.append(Moment(iso_date(time.value), tuple(_features(trigger, scene, time, number, ruled, published))))
    days = [iso_date(time.value) for time in times if time.span.end <= span.start]
    days = [day for day in days if len(day) == DAY]
    if days:
        found.append(Moment(days[-1], tuple(_carried("last", trigger, scene, state, days[-1], published))))
        if days[0] != days[-1]:
            found.append(Moment(days[0], tuple(_carried("first", trigger, scene, state, days[0], published))))
    return found


def _without(trigger: Trigger, state: str, ruled: bool) -> Iterator[str]:
    yield "none"
    yield f"none|{state}"
    yield f"none|type={trigger.frame.type}"
    yield f"none|type={trigger.frame.type}|part={trigger.part}"
    yield f"none|frame={trigger.frame.id}"
    yield f"none|ruled={ruled}"
    yield f"none|ruled={ruled}|type={trigger.frame.type}"


def _features(
    trigger: Trigger, scene: Scene, time: Timex, number: int, ruled: Timex | None, published: str
) -> Iterator[str]:
    words, units = scene.sentence.words, scene.parse.units
    at = next(n for n, word in enumerate(words) if word.span.end > time.span.start)
    unit, own = scene.parse.unit_at[at], scene.parse.unit_at[trigger.index]
    low, high = sorted((unit, own))
    between = [units[n].kind if units[n].kind != "link" else units[n].link for n in range(low + 1, high)]
    side = "after" if unit > own else "before"
    gap = high - low
    near = "1" if gap <= 1 else "3" if gap <= 3 else "6" if gap <= 6 else "9"
    verbs = min(between.count("verb"), 2)
    lead = fold(words[at - 1].form) if at else "#"
    rule = ruled is time
    yield f"rule={rule}"
    yield f"rule={rule}|part={trigger.part}"
    yield f"rule={rule}|type={trigger.frame.type}"
    yield f"side={side}|part={trigger.part}|near={near}"
    yield f"side={side}|part={trigger.part}|verbs={verbs}"
    yield f"side={side}|verbs={verbs}|relative={'relative' in between}|complement={'complement' in between}"
    yield f"side={side}|stops={min(between.count('comma'), 3)}"
    yield f"side={side}|number={min(number, 2)}"
    yield f"side={side}|part={trigger.part}|tied={'و' in words[trigger.index].proclitics}"
    yield f"lead={lead}"
    yield f"lead={lead}|side={side}"
    yield f"kind={time.kind}|size={len(iso_date(time.value))}"
    yield f"age={_age(iso_date(time.value), published)}|type={trigger.frame.type}"
    yield f"age={_age(iso_date(time.value), published)}|side={side}|part={trigger.part}"
    governor = _governor(scene, own)
    yield f"governor={governor}|side={side}|verbs={verbs}"


def _carried(which: str, trigger: Trigger, scene: Scene, state: str, day: str, published: str) -> Iterator[str]:
    age = _age(day, published)
    yield f"carried={which}"
    yield f"carried={which}|{state}"
    yield f"carried={which}|type={trigger.frame.type}"
    yield f"carried={which}|age={age}|type={trigger.frame.type}"
    yield f"carried={which}|age={age}|{state}"
    yield f"carried={which}|aspect={_aspect(scene, trigger)}|age={age}"
    yield f"carried={which}|frame={trigger.frame.id}"


def _age(date: str, published: str) -> str:
    """How old the date is at publication: future, day (the same or the one before), month, year, old."""
    if not published or not date:
        return "unknown"
    if date > published[: len(date)]:
        return "future"
    if len(date) == DAY and date[:7] == published[:7] and int(published[8:10] or 1) - int(date[8:]) <= 1:
        return "day"
    if date[:7] == published[:7]:
        return "month"
    return "year" if date[:4] == published[:4] else "old"


def _aspect(scene: Scene, trigger: Trigger) -> str:
    readings = scene.sentence.words[trigger.index].readings
    return readings[0].aspect if readings else trigger.part


def _governor(scene: Scene, own: int) -> str:
    over = [c for c in scene.parse.clauses if c.verb < own < c.last]
    return fold(scene.sentence.words[scene.parse.units[over[-1].verb].head].lemma) if over else "none"
