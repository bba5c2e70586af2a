"""How verb forms are put together from the sheets."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "train"))

from verbs import Part, fits, holds, plain


def test_plain_spelling() -> None:
    """Buckwalter loses its vowels; hamza and alif become madda."""
    assert plain(">aEolan") == "أعلن"
    assert plain("{ilotaqaY") == "التقى"
    assert plain(">aAman") == "آمن"


def test_conditions() -> None:
    """A condition may offer choices or forbid."""
    pool = frozenset({"gem", "c-suff"})
    assert holds("v-suff||c-suff", pool)
    assert holds("!enc0", pool)
    assert not holds("!gem", pool)


def test_else_holds_where_no_sibling_does() -> None:
    """The word else yields to a sibling whose condition at that place holds."""
    special = Part("a|", frozenset(), ("#-a>", "A-null"))
    rest = Part("a>", frozenset(), ("#-a>", "else"))
    assert fits(rest, [special, rest], frozenset({"#-a>", "z-suff"}))
    assert not fits(rest, [special, rest], frozenset({"#-a>", "A-null"}))
