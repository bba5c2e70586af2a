"""Which word names which act: inflection, the more specific row, words that must or may not follow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from waqai.analysis.words import WordReader
from waqai.coding.frames import FrameFinder
from waqai.model import Span, Trigger
from waqai.resources import Library

Find = Callable[[str], list[tuple[str, Trigger]]]

ROWS = """
[[frame]]
id = "t.meet"
type = "CONSULT"
mode = ""
cameo = "040"
verb = ["التقى"]
noun = ["لقاء"]
source = ["subject"]
target = ["object", "مع"]
genitive = "source"

[[frame]]
id = "t.fire"
type = "ASSAULT"
mode = "firearms"
cameo = "190"
verb = ["أطلق"]
noun = ["إطلاق النار"]
with = ["النار", "الرصاص"]
source = ["subject"]
target = ["على"]
genitive = "source"

[[frame]]
id = "t.free"
type = "RETREAT"
mode = "release"
cameo = "084"
verb = ["أطلق"]
noun = []
with = ["سراح"]
source = ["subject"]
target = ["object"]
genitive = ""

[[frame]]
id = "t.call"
type = "REQUEST"
mode = ""
cameo = "020"
verb = ["دعا"]
noun = []
needs = ["إلى"]
source = ["subject"]
target = ["object"]
genitive = ""

[[frame]]
id = "t.arrest"
type = "COERCE"
mode = "arrest"
cameo = "173"
verb = ["اعتقل"]
noun = ["اعتقال"]
passive = ["معتقل"]
without = ["السياسي"]
source = ["subject"]
target = ["object", "described"]
genitive = "target"

[[frame]]
id = "t.praise"
type = "SUPPORT"
mode = ""
cameo = "051"
verb = ["أشاد"]
noun = []
participle = ["مشيد"]
source = ["subject"]
target = ["ب"]
genitive = ""
"""


class OwnLibrary(Library):
    """The shipped library with frame rows of the test's own only."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._own = folder

    def rows(self, folder: str, key: str) -> list:  # type: ignore[type-arg]
        if folder != "frames":
            return super().rows(folder, key)
        return [row for _, row in self._rows_in(self._own / folder, key)]


@pytest.fixture(scope="module")
def find(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Find:
    folder = tmp_path_factory.mktemp("lexicon")
    (folder / "frames").mkdir()
    (folder / "frames" / "t.toml").write_text(ROWS, encoding="utf-8")
    reader, finder = WordReader(library), FrameFinder(OwnLibrary(folder))

    def run(text: str) -> list[tuple[str, Trigger]]:
        words = reader.read(text, Span(0, len(text)))
        return [(trigger.frame.id, trigger) for trigger in finder.find(words)]

    return run


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("التقى سالم البحري نظيره", ["t.meet"]),
        ("وسيلتقي الوزيران في المدينة", ["t.meet"]),
        ("لم يلتقوا أحدا", ["t.meet"]),
        ("بعد لقاءاته مع الوفد", ["t.meet"]),
        ("أطلق الجنود النار على القرية", ["t.fire"]),
        ("أطلقت الشرطة الرصاص", ["t.fire"]),
        ("أطلقت السلطات سراح الصحفي", ["t.free"]),
        ("أطلقت الشركة هاتفا جديدا", []),
        ("وقف إطلاق النار في المدينة", ["t.fire"]),
        ("دعا الوزير إلى الهدوء", ["t.call"]),
        ("دعا الوزير ربه", []),
        ("اعتقال الناشط في المدينة", ["t.arrest"]),
        ("أفرج عن الصحفي المعتقل في المدينة", ["t.arrest"]),
        ("كتب المعتقل السياسي رسالة", []),
        ("غادر الوزير مشيدا بالنتائج", ["t.praise"]),
        ("تحدث الوزير عن الطقس", []),
    ],
)
def test_rows_that_fire(find: Find, text: str, rows: list[str]) -> None:
    assert [id_ for id_, _ in find(text)] == rows


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("التقى الوزير نظيره", "verb"), ("لقاء الوزير ونظيره", "noun"), ("غادر الوزير مشيدا بالنتائج", "participle"),
        ("عاد الصحفي المعتقل إلى بيته", "passive"),
    ],
)  # fmt: skip
def test_part_of_speech_of_the_trigger(find: Find, text: str, part: str) -> None:
    [(_, trigger)] = find(text)
    assert trigger.part == part


def test_a_noun_of_several_words_is_one_trigger(find: Find) -> None:
    [(_, trigger)] = find("إطلاق النار على القرية")
    assert (trigger.index, trigger.last) == (0, 2)


def test_the_more_specific_of_the_shipped_rows_wins(library: Library) -> None:
    reader, finder = WordReader(library), FrameFinder(library)
    text = "أطلقت السلطات سراح الصحفي سالم البحري"
    words = reader.read(text, Span(0, len(text)))
    [trigger] = finder.find(words)
    assert trigger.frame.type == "RETREAT" and trigger.frame.mode == "release"
    tried = finder.tried(words, trigger.index)
    assert len({frame.id for frame, _, _ in tried}) > 1
    assert "" in {reason for frame, _, reason in tried if frame.id == trigger.frame.id}
