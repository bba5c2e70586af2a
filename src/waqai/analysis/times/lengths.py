"""Values of durations, ages, vague amounts and sets."""

from __future__ import annotations

from itertools import pairwise

from waqai.analysis.times.items import Item
from waqai.analysis.times.lexicon import NUMBER_KINDS, UNIT_KINDS
from waqai.analysis.times.phrase import Phrase

Meaning = tuple[str, str]  # value, kind

_SIZES = ("Y", "M", "W", "D", "TH", "TM", "TS")
_LICENCE = ("since", "within", "term", "about", "lasting", "every")


def length(phrase: Phrase) -> Meaning | None:
    """«عشر سنوات», «48 ساعة», «10 أو 15 عاما» (the first), «ساعة ونصف», «سنة وستة أشهر»."""
    pairs = _pairs(phrase)
    if not pairs or pairs[0][0] is None:
        return None
    if len(pairs) > 1 and not _goes_down(pairs):
        return None
    first = pairs[0][1]
    if first.value == "10Y" and first.kind.startswith("unit") and not pairs[0][0]:
        return None
    named_day = first.kind == "unit" and first.value == "D" and phrase.after_kind() == "weekday"
    if named_day or phrase.precedes("no_time_after"):
        return None
    value = _duration(pairs, phrase)
    return (value, "duration") if value else None


def fraction_length(phrase: Phrase) -> Meaning | None:
    """«نصف ساعة» PT30M, «ربع قرن» P25Y."""
    part, unit = phrase.find("fraction"), phrase.find("unit", "the_unit")
    if part is None or unit is None:
        return None
    value = _part_of(unit.value, int(part.value))
    return (value, "duration") if value else None


def vague_length(phrase: Phrase) -> Meaning | None:
    """«عدة أيام» PXD, «منذ سنوات» PXY, «عشرات السنين» PXY."""
    unit, several = phrase.find(*UNIT_KINDS), phrase.find("several")
    if unit is None:
        return None
    if several is None and not _vague_alone(phrase, unit):
        return None
    if several is not None and unit.kind in ("the_unit",):
        return None
    return _vague(unit.value), "duration"


def span_past(phrase: Phrase) -> Meaning | None:
    """«الأيام الماضية» PXD, «العامين الماضيين» P2Y, «الـ24 ساعة الماضية» PT24H, «السنوات الخمس المقبلة»."""
    unit = phrase.find(*UNIT_KINDS)
    if unit is None:
        return None
    if number := phrase.find(*NUMBER_KINDS):
        return _spelled(_amount(number), unit.value), "duration"
    if unit.kind in ("dual", "the_dual"):
        return _spelled(2, unit.value), "duration"
    return _vague(unit.value), "duration"


def one_length(phrase: Phrase) -> Meaning | None:
    """A unit alone, "بعد عام", "لمدة ساعة", "يوم واحد", "استمر أسبوعا"."""
    unit = phrase.find("unit", "unit_acc")
    if unit is None:
        return None
    one = phrase.find("small_word")
    if one is not None and one.value != "1":
        return None
    before = phrase.before()
    licensed = phrase.has("since", "term", "about") or (before is not None and before.kind in _LICENCE)
    if unit.kind == "unit_acc":
        alone = one is not None or (before is not None and before.kind == "lasting") or unit.value in ("W", "M")
        if not alone:
            return None
        return _spelled(1, unit.value), "duration"
    clitic = phrase.first > 0 and phrase.items[phrase.first - 1].kind == "clitic"
    licensed = licensed and not (phrase.items[phrase.first] is unit and phrase.follows("per"))
    known = licensed or (clitic and (phrase.has("few") or phrase.follows("unit_licence", reach=2)))
    if clitic and phrase.after_kind() in ("break", "comma", "close"):
        known = known or phrase.items[phrase.first].form.startswith("ل")
    if one is None and not known:
        return None
    after = phrase.after()
    if unit.value == "TS" and one is None and not phrase.has("about"):
        return None
    if unit.value == "10Y" and one is None and not phrase.has("few") and (after is None or after.kind != "of"):
        return None
    if unit.value == "Y" and after is not None and after.kind in ("hijri_year", "number", "year"):
        return None
    if fraction := phrase.find("fraction"):
        return _with_fraction(1, unit.value, int(fraction.value)), "duration"
    return _spelled(1, unit.value), "duration"


def repeated(phrase: Phrase) -> Meaning | None:
    """«يوميا» P1D, «كل عام» P1Y, «كل ثلاثة أشهر» P3M, «كل يوم جمعة» XXXX-WXX-5."""
    if whole := phrase.find("set"):
        return whole.value, "set"
    if name := phrase.find("weekday", "weekday_bare"):
        if (plural := phrase.find("plural")) and plural.value != "D":
            return None
        if name.kind == "weekday_bare" and name.value in ("7", "1") and not phrase.has("unit"):
            return None
        return f"XXXX-WXX-{name.value}", "set"
    unit = phrase.find(*UNIT_KINDS)
    if unit is None or not (unit.kind != "unit" or unit.value in ("D", "W", "M", "Y", "TH", "N", "10Y", "TM")):
        return None
    if unit.kind == "unit" and unit.value == "10Y":
        return None
    number = phrase.find(*NUMBER_KINDS)
    amount = _amount(number) if number else 2 if unit.kind == "dual" else 1
    return _spelled(amount, unit.value), "set"


# --- pieces ------------------------------------------------------------------------------------------------


def _pairs(phrase: Phrase) -> list[tuple[Item | None, Item]]:
    """Each unit with the number before it (the first of a range); duals have None."""
    pairs: list[tuple[Item | None, Item]] = []
    number: Item | None = None
    for item in phrase.items[phrase.first : phrase.last]:
        if item.kind == "fraction":
            break
        if item.kind in NUMBER_KINDS:
            number = number or item
        elif item.kind in UNIT_KINDS:
            pairs.append((number, item))
            number = None
    return pairs


def dual_length(phrase: Phrase) -> Meaning | None:
    """«يومين», «عامين», «ساعتين ونصف»."""
    unit = phrase.find("dual", "the_dual")
    if unit is None:
        return None
    if unit.kind == "the_dual" and not phrase.has("since", "term"):
        return None
    if len(pairs := _pairs(phrase)) > 1 and not _goes_down(pairs):
        return None
    before = phrase.before()
    licensed = phrase.has("since", "term", "about") or (before is not None and before.kind in _LICENCE)
    if not phrase.lexicon.alone[unit.value] and not licensed:
        return None
    return _duration(pairs, phrase), "duration"


def _duration(pairs: list[tuple[Item | None, Item]], phrase: Phrase) -> str:
    number, unit = pairs[0]
    amount = _amount(number) if number else 2.0
    if fraction := phrase.find("fraction"):
        return _with_fraction(amount, unit.value, int(fraction.value))
    value = _spelled(amount, unit.value)
    for number, other in pairs[1:]:
        more = _amount(number) if number else 2.0 if other.kind == "dual" else 1.0
        tail = _spelled(more, other.value)[1:]
        value += tail[1:] if "T" in value and tail.startswith("T") else tail
    return value


def _vague_alone(phrase: Phrase, unit: Item) -> bool:
    """Whether a bare plural is a time: after a preposition of time or with a qualifier; «عقود» may be contracts."""
    if unit.kind == "plural_acc":
        return True
    before = phrase.before()
    if phrase.has("since", "term", "about") or (before is not None and before.kind in ("within", "lasting")):
        return True
    told = phrase.has("few") or (phrase.first > 0 and phrase.items[phrase.first - 1].kind == "clitic")
    return told and unit.value != "10Y"


def _goes_down(pairs: list[tuple[Item | None, Item]]) -> bool:
    """Whether each unit is smaller than the one before, so that all make one duration («سنة وشهران»)."""
    if any(unit.value not in _SIZES for _, unit in pairs):
        return False
    sizes = [_SIZES.index(unit.value) for _, unit in pairs]
    return all(large < small for large, small in pairwise(sizes))


def _amount(item: Item | None) -> float:
    if item is None:
        return 2.0
    try:
        return float(item.value.replace(":", ".").replace(",", ""))
    except ValueError:
        return 0.0


def _spelled(amount: float, unit: str) -> str:
    if unit == "N":
        unit = "D"
    for letters, times in (("10Y", 10), ("100Y", 100)):
        if unit == letters:
            amount, unit = amount * times, "Y"
    number = f"{amount:.15g}"
    return f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit}"


def _vague(unit: str) -> str:
    if unit == "N":
        unit = "D"
    if unit == "10Y":
        return "PX0Y"
    if unit == "100Y":
        return "PX00Y"
    return "PTX" + unit[1:] if unit.startswith("T") else "PX" + unit


def _part_of(unit: str, by: int) -> str:
    whole = {"TH": ("PT{}M", 60), "Y": ("P{}M", 12), "100Y": ("P{}Y", 100), "10Y": ("P{}Y", 10), "D": ("PT{}H", 24)}
    whole |= {"TM": ("PT{}S", 60), "M": ("P{}D", 30)}
    if unit not in whole:
        return ""
    form, size = whole[unit]
    return form.format(size // by)


def _with_fraction(amount: float, unit: str, by: int) -> str:
    rest = _part_of(unit, by)
    if unit in ("TH", "Y") and rest:
        return _spelled(amount, unit) + rest.removeprefix("PT" if unit == "TH" else "P")
    return _spelled(amount + 1 / by, unit)
