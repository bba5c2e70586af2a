"""Builds data/models/verbs.txt.xz, the verb forms of Camel Morph (CC BY 4.0), as stems and the affixes they take.

    python train/verbs.py --shared ../shared

Method: Habash et al. 2022, "Morphotactic Modeling in an Open-source Multi-dialectal Arabic Morphological Analyzer":
a form is affixes around a stem; each part sets conditions (COND-S) and requires some (COND-T) of the whole.
"""

from __future__ import annotations

import argparse
import csv
import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from math import exp, log10
from pathlib import Path
from typing import NamedTuple

from waqai.analysis.words.closed import closed_words
from waqai.analysis.words.verbs import Shape, VerbLexicon
from waqai.arabic import strip_marks
from waqai.resources import Library

MODEL = Path(__file__).parents[1] / "src" / "waqai" / "data" / "models" / "verbs.txt.xz"
BUCKWALTER = dict(
    zip(
        "'|>&<}AbptvjHxd*rzs$SDTZEgfqklmnhwYy{_",
        "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىياـ",
        strict=True,
    )
)
MOODS = "ISJ"  # indicative, subjunctive, jussive
PERSONS = ["1S", "1P", "2MS", "2MP", "2FS", "2FP", "2D", "3MS", "3MD", "3MP", "3FS", "3FD", "3FP"]
AGREEMENT = {"1S": "1cs", "1P": "1cp", "2D": "2cd"}


class Part(NamedTuple):
    """A stem or an affix: its vocalised spelling in Buckwalter, what it sets and what it requires."""

    form: str
    sets: frozenset[str]
    needs: tuple[str, ...]
    func: str = ""


class Slot(NamedTuple):
    """One cell of a paradigm."""

    aspect: str  # "p", "i", "c"
    agreement: str
    mood: str  # one of "isj", "" where the aspect has none
    pronoun: bool  # whether an attached pronoun follows


class Stem(NamedTuple):
    """A stem of the lexicon in one voice."""

    lemma: str
    part: Part
    aspect: str
    voice: str


def plain(buckwalter: str) -> str:
    """Buckwalter with vowels to Arabic letters without marks."""
    bare = re.sub(r"[aiuoFNK~`^]", "", buckwalter.strip()).replace("ـ", "")
    bare = bare.replace(">A", "|").replace(">>", "|").replace(">|", "|")
    return "".join(BUCKWALTER.get(letter, letter) for letter in bare)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a sheet."""
    with path.open(encoding="utf-8", newline="") as sheet:
        return list(csv.DictReader(sheet))


def affixes(sheet: Iterable[dict[str, str]]) -> dict[str, list[Part]]:
    """The affixes by class, without rows marked as redundant spellings."""
    found: dict[str, list[Part]] = defaultdict(list)
    for row in sheet:
        if row["DEFINE"] != "MORPH" or "RED" in row["EXCLUDE"].split():
            continue
        form = "" if row["FORM"].strip() == "_" else row["FORM"].strip()
        sets = frozenset(token for token in row["COND-S"].split() if token != "_")
        needs = tuple(token for token in row["COND-T"].split() if token != "_")
        found[row["CLASS"]].append(Part(form, sets, needs, row["FUNC"].strip()))
    return found


def holds(token: str, pool: frozenset[str]) -> bool:
    """Whether one required condition holds of everything the parts set."""
    if token.startswith("!"):
        return token[1:] not in pool
    return any(choice in pool for choice in token.split("||"))


def fits(part: Part, siblings: list[Part], pool: frozenset[str]) -> bool:
    """Whether all conditions of `part` hold; "else" holds where no sibling's condition at that place does."""
    for place, token in enumerate(part.needs):
        if token != "else":
            if not holds(token, pool):
                return False
            continue
        for other in siblings:
            same = other.func == part.func and other.needs[:place] == part.needs[:place]
            rival = other.needs[place] if same and len(other.needs) > place else "else"
            if rival != "else" and holds(rival, pool):
                return False
    return True


class Paradigms:
    """The affixes that go around a stem with given conditions."""

    def __init__(self, sheet: Iterable[dict[str, str]]) -> None:
        self.affixes = affixes(sheet)
        self.around = cache(self._around)

    def _around(self, aspect: str, sets: frozenset[str], needs: tuple[str, ...]) -> list[tuple[str, str, Slot]]:
        """Prefix and suffix in Buckwalter, and the cell, for every form of a stem."""
        return [
            (prefix, suffix, slot)
            for pronoun in (False, True)
            for chain, slot in self._chains(aspect, pronoun)
            for prefix, suffix in self._fitting(chain, sets, needs, pronoun)
        ]

    def _chains(self, aspect: str, pronoun: bool) -> Iterator[tuple[list[list[Part] | None], Slot]]:
        table = self.affixes
        for person in PERSONS:
            agreement = AGREEMENT.get(person, person.lower())
            if aspect == "i":
                for mood in MOODS:
                    suffixes = table[f"[IVSuff.{mood}.{person}]"]
                    before = [table[f"[IVPref.{person}]"], table["[IVPreBuff]"]]
                    chain: list[list[Part] | None] = [*before, None, table["[IVBuff]"], suffixes]
                    yield chain, Slot("i", agreement, mood.lower(), pronoun)
                continue
            if aspect == "c" and person[0] != "2":
                continue
            letter = "P" if aspect == "p" else "C"
            suffixes = [part for part in table[f"[{letter}VSuff]"] if part.func.endswith("." + person)]
            yield [None, table[f"[{letter}VBuff]"], suffixes], Slot(aspect, agreement, "", pronoun)

    def _fitting(
        self, chain: list[list[Part] | None], sets: frozenset[str], needs: tuple[str, ...], pronoun: bool
    ) -> Iterator[tuple[str, str]]:
        stem = Part("", sets, needs)
        base = sets | ({"enc0"} if pronoun else set())
        if pronoun and not sets & {"trans", "ditrans"}:
            base |= {"oblique"}  # an intransitive verb still takes a pronoun in print now and then; kept, ranked by use
        partial: list[tuple[Part, ...]] = [()]
        for choices in chain:
            partial = [(*done, part) for done in partial for part in ([stem] if choices is None else choices)]
        at = chain.index(None)
        for parts in partial:
            pool = base.union(*(part.sets for part in parts))
            good = all(
                fits(part, choices if choices is not None else [], pool)
                for part, choices in zip(parts, chain, strict=True)
            )
            if good:
                yield "".join(p.form for p in parts[:at]), "".join(p.form for p in parts[at + 1 :])


def skeleton(form: str) -> str:
    """A vocalised form with its sound consonants as C."""
    return re.sub(r"[bptvjHxd*rzs$SDTZEgfqklmnhwy]", "C", form)


class Passives:
    """Makes passive stems: by the skeleton of lemma and form, and by the conditions."""

    def __init__(self, sheet: Iterable[dict[str, str]]) -> None:
        self.patterns: dict[tuple[str, frozenset[str]], list[dict[str, str]]] = defaultdict(list)
        for row in sheet:
            key = row["COND-T"].strip(), frozenset(row["COND-S"].split())
            self.patterns[key].append(row)

    def of(self, lemma: str, form: str, needs: str, sets: frozenset[str]) -> tuple[str, frozenset[str], str] | None:
        """The passive of a stem: its form, what it sets, what it requires; None where no pattern fits."""
        kind = sets & {"trans", "intrans", "ditrans", "Frozen"}
        choices = [row for row in self.patterns[needs, sets - kind] if re.fullmatch(row["MATCH"], form)]
        wanted = skeleton(re.sub(r"[-_].*", "", lemma)), skeleton(form)

        def closeness(row: dict[str, str]) -> int:
            theirs = skeleton(re.sub(r"[-_].*", "", row["#LEMMA"])), skeleton(row["#FORM"])
            return (theirs[0] == wanted[0]) + 2 * (theirs[1] == wanted[1])

        best = max(choices, key=closeness, default=None)
        if best is None or closeness(best) == 0:
            return None
        found = re.sub(best["MATCH"], re.sub(r"\$(\d)", r"\\g<\1>", best["SUB"].replace("\\", "\\\\")), form)
        return found, frozenset(best["COND-S-PASS"].split()) | kind, best["COND-T-PASS"].strip()


def stems(folder: Path) -> Iterator[Stem]:
    """All stems of the lexicon, active and passive."""
    for aspect, name in (("p", "PV"), ("i", "IV"), ("c", "CV")):
        passives = None
        if aspect != "c":
            passives = Passives(rows(folder / f"MSA-Verb-{name}-Passive-Patterns.csv"))
        for row in rows(folder / f"MSA-Verb-LEX-{name}.csv"):
            lemma, form, needs = row["LEMMA"].strip(), row["FORM"].strip(), row["COND-T"].strip()
            form = "" if form == "_" else form
            sets = frozenset(row["COND-S"].split())
            spelled = plain(re.sub(r"[-_].*", "", lemma))
            yield Stem(spelled, Part(form, sets, tuple(needs.split())), aspect, "a")
            made = passives.of(lemma, form, needs, sets) if passives else None
            if made:
                yield Stem(spelled, Part(made[0], made[1], tuple(made[2].split())), aspect, "p")


Cell = tuple[str, str, str, str]  # aspect, agreement, moods, pronoun: "n" never, "y" always, "b" both


_PRONOUNS = ("هما", "هم", "ها", "ه")


def spellings(news: Path) -> Counter[str]:
    """How often each spelling stands in the news."""
    counts: Counter[str] = Counter()
    with lzma.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            counts.update(re.findall("[ء-ي]+", strip_marks(article["title"] + "\n" + article["body"])))
    return counts


def paradigm(cells: Iterable[tuple[str, str, Slot]]) -> tuple[tuple[str, str, Cell], ...]:
    """Forms around a stem with moods and pronouns joined: (prefix, suffix, cell), in order."""
    moods: dict[tuple[str, str, str, str, bool], set[str]] = defaultdict(set)
    for prefix, suffix, slot in cells:
        moods[prefix, suffix, slot.aspect, slot.agreement, slot.pronoun].add(slot.mood)
    joined = []
    for (prefix, suffix, aspect, agreement, pronoun), found in sorted(moods.items()):
        other = moods.get((prefix, suffix, aspect, agreement, not pronoun), set())
        if other and pronoun:
            continue
        mark = "b" if other else "y" if pronoun else "n"
        joined.append((prefix, suffix, (aspect, agreement, "".join(sorted(found | other)), mark)))
    return tuple(joined)


def build(folder: Path) -> tuple[dict[tuple[str, str, str], set[int]], list[tuple[tuple[str, str, Cell], ...]]]:
    """(stem spelling, lemma, voice) -> paradigm numbers; and the paradigms."""
    paradigms = Paradigms(rows(folder / "MSA-Verb-MORPH.csv"))
    numbers: dict[tuple[tuple[str, str, Cell], ...], int] = {}
    lexicon: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for stem in stems(folder):
        spelled = plain(stem.part.form)
        regular, odd = [], defaultdict(list)
        for prefix, suffix, slot in paradigms.around(stem.aspect, stem.part.sets, stem.part.needs):
            pre, post = plain(prefix), plain(suffix)
            whole = plain(prefix + stem.part.form + suffix)
            if whole == pre + spelled + post:
                regular.append((pre, post, slot))
            else:
                odd[whole].append(("", "", slot))
        for form, cells in [(spelled, regular), *odd.items()]:
            if cells:
                number = numbers.setdefault(paradigm(cells), len(numbers))
                lexicon[form, stem.lemma, stem.voice].add(number)
    return lexicon, list(numbers)


def write(
    path: Path, lexicon: dict[tuple[str, str, str], set[int]], paradigms: list[tuple[tuple[str, str, Cell], ...]]
) -> None:
    """Paradigms, an empty line, then stems: `stem lemma:voice:paradigms …`, all sorted, so that builds are equal."""
    order = sorted(range(len(paradigms)), key=lambda number: paradigms[number])
    new = {old: place for place, old in enumerate(order)}
    lines = [" ".join(":".join((pre, post, *cell)) for pre, post, cell in paradigms[old]) for old in order]
    lines.append("")
    by_stem: dict[str, list[str]] = defaultdict(list)
    for (form, lemma, voice), numbers in sorted(lexicon.items()):
        by_stem[form].append(f"{lemma}:{voice}:{','.join(str(n) for n in sorted(new[x] for x in numbers))}")
    lines += [f"{form} {' '.join(entries)}" for form, entries in by_stem.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9))


# Words after which a verb stands nearly always, and those that make it imperfect or jussive.
_BEFORE_VERB = {
    "قد",
    "وقد",
    "لقد",
    "الذي",
    "التي",
    "الذين",
    "كان",
    "كانت",
    "وكان",
    "وكانت",
    "أن",
    "لا",
    "ولا",
    "سوف",
    "لن",
    "ولن",
}
_JUSSIVE = {"لم", "ولم"}
_START = re.compile(r"(?:^|[.؟!]\s+)و?([ء-ي]+)", re.MULTILINE)
_AFTER = re.compile(rf"(?<![ء-ي])({'|'.join(sorted(_BEFORE_VERB | _JUSSIVE))}) ([ء-ي]+)")
_FUTURE = re.compile(r"(?<![ء-ي])[وف]?س([يتن][ء-ي]{2,})")
ROUNDS = 12


def contexts(news: Path) -> Counter[tuple[str, Shape]]:
    """How often spellings stand where a verb is nearly sure: first in a sentence, after قد, الذي, لم …, after س."""
    counts: Counter[tuple[str, Shape]] = Counter()
    with lzma.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = strip_marks(json.loads(line)["body"])
            counts.update((form, Shape()) for form in _START.findall(text))
            counts.update((form, Shape(jussive=word in _JUSSIVE)) for word, form in _AFTER.findall(text))
            counts.update((form, Shape(future=True)) for form in _FUTURE.findall(text))
    return counts


def use(lexicon: VerbLexicon, counts: Counter[tuple[str, Shape]], nominal: Callable[[str], bool]) -> dict[str, float]:
    """Expected count of each verb: spellings shared by several verbs are split by expectation maximisation."""
    examples: dict[tuple[tuple[str, float], ...], int] = Counter()
    for (form, shape), count in counts.items():
        if count < 2 or (nominal(form) and not shape.future and not shape.jussive):
            continue
        for host, here in [
            (form, shape),
            *((form[: -len(p)], shape._replace(pronoun=True)) for p in _PRONOUNS if form.endswith(p)),
        ]:
            weights: dict[str, float] = {}
            for reading, score in lexicon.read(host, here):
                weights[reading.lemma] = max(weights.get(reading.lemma, 0.0), exp(score - lexicon.use(reading.lemma)))
            if weights:
                examples[tuple(sorted(weights.items()))] += count
                break
    expected: dict[str, float] = {}
    for _ in range(ROUNDS):
        found: dict[str, float] = defaultdict(float)
        for choices, count in examples.items():
            shares = [expected.get(lemma, 0.0 if expected else 1.0) * weight for lemma, weight in choices]
            total = sum(shares)
            for (lemma, _), share in zip(choices, shares, strict=True):
                if total:
                    found[lemma] += count * share / total
        expected = found
    return expected


def write_use(path: Path, expected: dict[str, float]) -> None:
    """Adds a third part to the file: `count lemma lemma …`, counts rounded to two figures."""
    by_count: dict[int, list[str]] = defaultdict(list)
    for lemma, count in expected.items():
        if count >= 1:
            scale = 10 ** max(0, int(log10(count)) - 1)
            by_count[round(count / scale) * scale].append(lemma)
    text = lzma.decompress(path.read_bytes()).decode()
    lines = [f"{count} {' '.join(sorted(lemmas))}" for count, lemmas in sorted(by_count.items())]
    path.write_bytes(lzma.compress((text + "\n\n" + "\n".join(lines)).encode(), preset=9))


def main() -> None:
    """Builds the file and prints its size."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", type=Path, required=True)
    shared = arguments.parse_args().shared
    lexicon, paradigms = build(shared / "data" / "morphology" / "camel-morph")
    write(MODEL, lexicon, paradigms)
    news = shared / "data" / "news" / "ant2018-h1.jsonl.xz"
    spelled = spellings(news)

    def nominal(form: str) -> bool:
        return 3 * spelled["ال" + form] > spelled[form]

    closed = closed_words(Library())
    counts = contexts(news)
    for form, shape in list(counts):
        if "VERB" not in closed.get(form, ("VERB",)):
            del counts[form, shape]
    write_use(MODEL, use(VerbLexicon(MODEL), counts, nominal))
    print(f"{len(lexicon)} stems, {len(paradigms)} paradigms, {MODEL.stat().st_size} bytes")


if __name__ == "__main__":
    main()
