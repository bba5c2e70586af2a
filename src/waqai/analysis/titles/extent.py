"""How far a noun phrase reaches from its head: idafa chain, adjectives, names in the genitive, complements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from waqai.analysis.cases import accusative
from waqai.analysis.titles.lexicon import Head, Key, Lexicon
from waqai.arabic import fold
from waqai.model import Word

COMMAS = frozenset("،,-–—")
CLOSERS = COMMAS | frozenset(".؛;:()!؟?\"'»«")
_LONGEST = 14  # words; longer phrases are lists or clauses taken for phrases
QUOTES = {'"': '"', "«": "»", "“": "”", "(": ")"}
_NOUNS = frozenset({"NOUN", "PROPN", "X"})
_NO_GENITIVE = ("ون", "ين", "ان")
_SOUND, _SHORTEST_PLURAL = ("ون", "ين", "ات"), 6
_OTHERS = frozenset(map(fold, ("آخر", "آخرون", "آخرين", "أخرى", "أخريات")))
_QUOTED = 6  # words a name in quotation marks may have


@dataclass(frozen=True, slots=True)
class Named:
    """A name the finder of names gave, as word indices [first, last) of its sentence."""

    first: int
    last: int
    kind: str
    cut: bool


class Part(NamedTuple):
    """A phrase of a sentence, as word indices: where it begins, its head, where it ends."""

    first: int
    last: int
    head: Head


class Line:
    """A sentence made ready: words, folded spellings, keys, the names that begin at each word, the phrases read."""

    def __init__(self, words: Sequence[Word], folded: Sequence[str], keys: Sequence[Key]) -> None:
        self.words, self.folded, self.keys = words, folded, keys
        self.names: dict[int, Named] = {}
        self.parts: dict[int, Part | None] = {}

    def loose(self, n: int) -> tuple[str, ...]:
        """The particles of word `n`, the article not among them."""
        return tuple(clitic for clitic in self.words[n].proclitics if clitic != "ال")

    def idafa(self, n: int) -> bool:
        """Whether the noun at `n` stands in the genitive of the noun before it, so that an article comes after both."""
        before = self.words[n - 1] if n else None
        return before is not None and before.pos == "NOUN" and not before.definite and not self.loose(n)

    def ends(self, n: int) -> bool:
        """Whether a mark that parts off what was said, or nothing more, stands at `n`."""
        return n >= len(self.words) or self.folded[n] in CLOSERS

    def opens(self, n: int) -> bool:
        """Whether the quotation mark at `n` opens: a blank before it, none after."""
        before, after = self.words[n - 1].span.end if n else 0, n + 1 < len(self.words)
        mark = self.words[n].span
        return before < mark.start and after and self.words[n + 1].span.start == mark.end

    def is_adjective(self, n: int, demonyms: frozenset[str]) -> bool:
        """Whether word `n` may describe the noun before it."""
        return self.words[n].pos == "ADJ" or self.keys[n].host in demonyms or self.keys[n].host in _OTHERS

    def closed(self, n: int) -> bool:
        """Whether word `n` takes no genitive: it is definite, has a pronoun, or ends like a plural outside idafa."""
        word = self.words[n]
        if word.definite or word.enclitic or word.pos == "NUM":
            return True
        plural = len(word.form) > 4 and self.folded[n].endswith(_NO_GENITIVE) and self.folded[n][-2] in "وي"
        return plural and not self.folded[n].endswith(("قوانين",))


class Extent:
    """Finds where phrases end."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def end(self, line: Line, first: int, last: int, head: Head, counted: bool = False) -> int:
        """The index past the phrase whose head stands at [first, last)."""
        state = _State(line, last)
        if head.length > 1 and state.adjective:
            state.open = False  # "لجنة برلمانية" takes no genitive
        while state.n < len(line.words) and state.n - first < _LONGEST:
            after = self._step(line, state, first, head, counted)
            if after is None:
                break
            state.n = after
            if state.done:
                break
        return state.n

    def _step(self, line: Line, state: _State, first: int, head: Head, counted: bool) -> int | None:
        n = state.n
        word = line.words[n]
        if line.keys[n].host in self._lexicon.times and word.definite:
            return None
        if word.pos == "PUNCT":
            return self._quoted(line, state)
        name = line.names.get(n)
        if name and not name.cut and not line.loose(n) and line.keys[n].host not in self._lexicon.demonyms:
            return self._genitive_name(state, name)
        if line.loose(n):
            return self._complement(line, state, head, counted) or self._joined(line, state, head)
        if line.keys[n].host in self._lexicon.affiliated and state.n > first:
            past = self._affiliated(line, state, n)
            if past is not None or line.keys[n].host not in self._lexicon.standalone:
                return past
        if state.open and line.keys[n].host in self._lexicon.peoples and word.definite:
            state.open, state.definite = False, True
            return n + 1
        adjective = line.is_adjective(n, self._lexicon.described) or self._plural_adjective(line, state, head)
        if adjective and self._agrees(line, state, n) and not _clash(line, n):
            if self._governs(line, n) or not self._same_gender(line, state, head):
                return None
            state.adjective = True
            state.open = False
            return n + 1
        genitive = state.open and word.pos in _NOUNS and not name and not accusative(word, alif_only=True)
        if genitive and line.keys[n].host not in self._lexicon.outside:
            state.open = not line.closed(n)
            state.definite = state.definite or word.definite
            found = self._lexicon.heads.at(line.keys, n)
            state.holder = found is not None and found[1].kind == "person"
            return n + 1
        return self._complement(line, state, head, counted)

    def _agrees(self, line: Line, state: _State, n: int) -> bool:
        """An indefinite adjective does not describe a definite noun, nor the other way round, outside idafa."""
        return line.words[n].definite == state.definite or (state.named and line.words[n].definite)

    def _plural_adjective(self, line: Line, state: _State, head: Head) -> bool:
        """A sound plural right after the plural of a role, definite as it, describes it ("النساء المتظاهرات")."""
        n, word = state.n, line.words[state.n]
        if state.open or head.source != "role" or word.pos != "NOUN" or line.loose(n):
            return False
        sound = line.folded[n].endswith(_SOUND) and len(line.folded[n]) > _SHORTEST_PLURAL
        if word.definite:
            return sound and state.definite and (head.kind == "group" or line.words[n - 1].pos == "NOUN")
        return sound and not state.definite and line.folded[n][-2:] == line.folded[n - 1][-2:]

    def _governs(self, line: Line, n: int) -> bool:
        """Whether the adjective at `n` is a participle with an object of its own ("المتعلق بالأمن")."""
        after = line.loose(n + 1) if n + 1 < len(line.words) else ()
        host = line.keys[n].host
        return host.startswith("م") and after[:1] == ("ب",) and host not in self._lexicon.described

    def _same_gender(self, line: Line, state: _State, head: Head) -> bool:
        """An adjective after an adjective has its ending ("القضاء التونسي" ends before "الصحافية")."""
        n = state.n
        if head.kind == "person" and line.keys[n].host in self._lexicon.demonyms:
            return True  # it may go back to the holder: "وزير الشؤون الخارجية التونسي"
        if not state.adjective or line.words[n - 1].pos != "ADJ" or line.keys[n].host in _OTHERS:
            return True
        return line.folded[n].endswith("ه") == line.folded[n - 1].endswith("ه")

    def _genitive_name(self, state: _State, name: Named) -> int | None:
        """A name after a noun that waits for a genitive, or after the holder of an office inside the phrase."""
        held = state.holder and name.kind == "person"
        if not held and (not state.open or state.adjective):
            return None
        state.open, state.named, state.definite, state.holder = False, True, True, False
        return name.last

    def _joined(self, line: Line, state: _State, head: Head) -> int | None:
        """A word with particles: "للقوات" after an adjective, "والمغتربين" in a ministry's name."""
        n, word = state.n, line.words[state.n]
        loose = line.loose(n)
        if loose == ("ل",) and not state.open:
            return self._for(line, state, head)
        if loose != ("و",):
            return None
        adjective = line.is_adjective(n, self._lexicon.demonyms)
        if adjective and state.adjective and self._agrees(line, state, n):
            same = line.folded[n][-2:] == line.folded[n - 1][-2:] or line.folded[n][-1] == line.folded[n - 1][-1] == "ه"
            return n + 1 if same else None
        heads = self._lexicon.heads.at(line.keys, n)
        if not state.adjective and state.genitive(n) and word.definite and word.pos == "NOUN" and not heads:
            described = n + 1 < len(line.words) and line.is_adjective(n + 1, self._lexicon.demonyms)
            person = line.names.get(n + 1)
            return n + 1 if described or (person and person.kind == "person") else None
        return None

    def _for(self, line: Line, state: _State, head: Head) -> int | None:
        """What stands after ل: a name or organ after a role, any noun after an organ's own adjective."""
        n = state.n
        name, found = line.names.get(n), self._lexicon.heads.at(line.keys, n)
        organ = found is not None and found[1].source == "organ"
        duty = line.keys[n].host in self._lexicon.portfolios
        if head.source == "role" and (head.kind == "group" or not (name or organ or duty)):
            return None
        if name and name.kind != "person":
            state.named, state.definite = True, True
            return name.last
        own = (state.adjective or state.named) and line.keys[n - 1].host not in self._lexicon.demonyms
        noun = own and line.words[n].pos == "NOUN" and line.words[n].definite and found is None
        if head.source != "role" and not (noun or ((own or (organ and state.adjective)) and (organ or duty))):
            return None
        last = found[0] if found else n + 1
        state.open, state.definite, state.adjective = not line.closed(last - 1), True, False
        return last

    def _affiliated(self, line: Line, state: _State, n: int) -> int | None:
        """An adjective like تابع with its complement: past both, or None where the complement is no actor."""
        if not self._agrees(line, state, n) or n + 1 >= len(line.words):
            return None
        at = n + 1
        loose, wanted = line.loose(at), self._lexicon.affiliated[line.keys[n].host]
        if not loose and line.folded[at] in wanted and at + 1 < len(line.words):
            at += 1
        elif not (loose and loose[0] in wanted):
            return None
        name, found = line.names.get(at), self._lexicon.heads.at(line.keys, at)
        if name is None and found is None and line.keys[at].host not in self._lexicon.peoples:
            return None
        last = name.last if name else found[0] if found else at + 1
        state.open = name is None and not line.closed(last - 1)
        state.definite, state.named, state.adjective = True, name is not None, False
        return last

    def _complement(self, line: Line, state: _State, head: Head, counted: bool) -> int | None:
        """A preposition and what it brings: "باسم الخارجية", "في البرلمان", "من غانا"."""
        n = state.n
        if n + 1 >= len(line.words):
            return None
        after = line.folded[n]
        if counted and after == "من" and not state.took_of and not state.definite:
            state.took_of = True
            return self._noun(line, state, n + 1, frozenset({"group", "place"}))
        if head.source != "role" or counted:
            return None
        loose = line.loose(n)
        for complement in self._lexicon.complements:
            fits = not complement.roles or head.row in complement.roles
            free = (not state.definite and not state.named) if complement.indefinite else head.kind == "person"
            joined = complement.indefinite and len(loose) == 1 and loose[0] in complement.after
            if not fits or not free or not (after in complement.after or joined):
                continue
            last = self._noun(line, state, n if joined else n + 1, complement.takes, joined)
            if last is not None:
                return last
        return None

    def _noun(self, line: Line, state: _State, n: int, takes: frozenset[str], joined: bool = False) -> int | None:
        """The index past what stands after a preposition, where it is of a kind that `takes` allows."""
        name = line.names.get(n)
        if name and (name.kind in takes or (name.kind == "group" and "organ" in takes)):
            state.open, state.named, state.definite = False, True, True
            return name.last
        found = self._lexicon.heads.at(line.keys, n)
        many = found is not None and found[1].kind == "group"
        fits = "group" in takes and (many or line.keys[n].host in self._lexicon.counted)
        fits = fits or (found is not None and "organ" in takes and found[1].source == "organ")
        free = "noun" in takes and line.words[n].pos in _NOUNS
        if not (fits or free) or (line.loose(n) and not joined):
            return None
        last = found[0] if found else n + 1
        state.open, state.definite, state.adjective = not line.closed(last - 1), line.words[last - 1].definite, False
        return last

    def _quoted(self, line: Line, state: _State) -> int | None:
        """Past a name in quotation marks that stands in the genitive (تنظيم "…")."""
        n = state.n
        closing = QUOTES.get(line.folded[n])
        if closing is None or not (state.open or state.at_quote()) or not line.opens(n):
            return None
        for last in range(n + 2, min(n + 2 + _QUOTED, len(line.words))):
            if line.folded[last] == closing:
                inside = line.words[n + 1 : last]
                if any(word.pos == "VERB" or word.pos == "PUNCT" for word in inside[:1]):
                    return None
                state.done = True
                return last + 1
        return None


def _clash(line: Line, n: int) -> bool:
    """Whether the word at `n` is no adjective of the plural before it for their endings: "مسلحون شرطيين"."""
    return line.folded[n - 1].endswith("ون") and line.folded[n].endswith("ين") and len(line.folded[n - 1]) > 4


class _State:
    """Where a phrase stands while it grows."""

    def __init__(self, line: Line, last: int) -> None:
        self._line = line
        self._first_free = last
        self.n = last
        self.open = not line.closed(last - 1)
        self.definite = any(line.words[k].definite for k in range(max(0, last - 4), last) if k >= last - 1) or (
            line.words[last - 1].enclitic != ""
        )
        self.adjective = line.words[last - 1].pos == "ADJ" and last >= 2 and line.words[last - 2].pos == "NOUN"
        self.named = False
        self.holder = False
        self.done = False
        self.took_of = False

    def genitive(self, n: int) -> bool:
        """Whether the word before `n` is a noun with the article, as the last of an idafa is."""
        return n > 0 and self._line.words[n - 1].definite and self._line.words[n - 1].pos == "NOUN"

    def at_quote(self) -> bool:
        """Whether nothing but the head was read yet."""
        return self.n == self._first_free and not self._line.words[self.n - 1].definite
