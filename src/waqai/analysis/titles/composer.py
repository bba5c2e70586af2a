"""Puts title, role and name together, and finds roles and groups that stand without a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from waqai.analysis.particles import after_letters, loose_letters
from waqai.analysis.titles.extent import COMMAS, Extent, Line, Named, Part
from waqai.analysis.titles.lexicon import Head, Lexicon, key_of
from waqai.analysis.titles.tail import past_tail
from waqai.arabic import fold
from waqai.model import Mention, Sentence, Span
from waqai.resources import Library

_NOT_HEADS = frozenset({"VERB", "ADP", "CONJ", "PART", "PRON", "ADV", "PUNCT"})
# Relations in the accusative; of a participle so spelt ("محتجا") one cannot tell whether it says how or whom.
_RELATED = ("يا", "يين", "يتين")
_UP_TO = 3  # words of titles before a name ("اللواء الركن الدكتور")


class PhraseComposer:
    """Composes mentions out of names, titles, roles and common nouns.

    `library` gives roles, institutions, titles and countries of `data/actors`, and `data/mentions`.
    """

    def __init__(self, library: Library) -> None:
        self._lexicon = Lexicon(library)
        self._extent = Extent(self._lexicon)

    def compose(self, text: str, sentences: tuple[Sentence, ...], names: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Mentions in order of appearance, none overlapping: composed people, bare names, generic people and groups.

        `names` are bare names as NameFinder gives them. A composed mention's span covers title, role and name; a
        generic one has its whole phrase as name.
        """
        found: list[Mention] = []
        waiting = list(reversed(names))
        for sentence in sentences:
            inside: list[Mention] = []
            while waiting and waiting[-1].span.start < sentence.span.end:
                inside.append(waiting.pop())
            found.extend(self._of_sentence(text, sentence, inside))
        return tuple(found)

    def demonyms(self, text: str, sentences: tuple[Sentence, ...]) -> tuple[Mention, ...]:
        """Countries named by an adjective of an ordinary noun ("دعوة أميركية"): kind place, generic, as written."""
        found: list[Mention] = []
        for sentence in sentences:
            line = self._line(text, sentence, [])
            for n, key in enumerate(line.keys):
                singular = key.host in self._lexicon.demonyms and key.host not in self._lexicon.peoples
                if n and singular and self._describes_thing(line, n):
                    span = self._span(text, line, n, n + 1)
                    found.append(Mention(span, "place", span.of(text), span, generic=True))
        return tuple(found)

    def _describes_thing(self, line: Line, n: int) -> bool:
        """Whether the adjective at `n` describes a noun that names no person or group."""
        at = n - 1
        while at > 0 and line.words[at].pos == "ADJ" and not line.loose(at + 1):
            at -= 1
        return line.words[at].pos in ("NOUN", "PROPN", "ADJ") and self._lexicon.heads.at(line.keys, at) is None

    def _line(self, text: str, sentence: Sentence, names: Sequence[Mention]) -> Line:
        written = [word.span.of(text) for word in sentence.words]
        line = Line(sentence.words, list(map(fold, written)), list(map(key_of, sentence.words, written)))
        n = 0
        for name in names:
            while n < len(sentence.words) and sentence.words[n].span.end <= name.span.start:
                n += 1
            last = n
            while last < len(sentence.words) and sentence.words[last].span.start < name.span.end:
                last += 1
            first = self._past_titles(line, n, last) if name.kind == "person" else n
            if last > n:
                cut = first == n and name.span.start > sentence.words[n].span.start
                line.names[first] = Named(first, last, name.kind, cut)
        return line

    def _past_titles(self, line: Line, first: int, last: int) -> int:
        """The index past definite titles the finder of names took into a person's name."""
        at = first
        while at < last - 1 and line.words[at].definite and not (at == first and line.loose(at)):
            found = self._lexicon.titles.at(line.keys, at)
            if found and found[0] < last:
                at = found[0]
            elif line.words[at].pos in ("ADJ", "NOUN") and at and self._titles(line, at - 1) >= at:
                at += 1
            else:
                break
        return at

    def _of_sentence(self, text: str, sentence: Sentence, names: Sequence[Mention]) -> Iterator[Mention]:
        line = self._line(text, sentence, names)
        by_first = {
            first: self._from(text, line, first, name) for first, name in zip(sorted(line.names), names, strict=False)
        }
        n = 0
        while n < len(line.words):
            made = self._person(text, line, n, by_first) or self._common(text, line, n, by_first)
            if made is None and n in by_first:
                made = self._bare(text, line, n, by_first)
            if made is None:
                n += 1
            else:
                n, mention = made
                yield mention

    def _from(self, text: str, line: Line, first: int, name: Mention) -> Mention:
        """`name` without the titles before word `first`."""
        start = line.words[first].span.start
        if start <= name.span.start:
            return name
        span = Span(start, name.span.end)
        return Mention(span, name.kind, span.of(text), span)

    # --- people with a name ------------------------------------------------------------------------------

    def _person(self, text: str, line: Line, n: int, by_first: dict[int, Mention]) -> tuple[int, Mention] | None:
        """Role, titles and name that begin at `n`."""
        part = self._role(line, n)
        at = part.last if part else n
        bridged = at < len(line.words) and (line.folded[at] in self._lexicon.called)
        comma = bool(part) and at < len(line.words) and line.folded[at] in COMMAS
        if part and (bridged or comma):
            at += 1
            if at < len(line.words) and line.folded[at] in self._lexicon.called:
                at += 1
        titles = self._titles(line, at)
        told = part.last if part else n
        if part and comma is False and titles == at:
            at = past_tail(line, at, self._lexicon.tails, partial(self._titles, line), partial(self._role, line))
            told = at - (line.folded[at - 1] in COMMAS)
            titles = self._titles(line, at)
        titled = titles
        if titles > at and titles < len(line.words) and line.folded[titles] in COMMAS:
            titles = self._past_comma(line, titles)
        name = line.names.get(titles)
        if name is None or name.kind != "person" or (name.cut and titles > n) or (titles == n):
            return None
        if titles > at and self._loose_inside(line, at if part else at + 1, titles):
            return None
        mention = by_first[titles]
        role = self._span(text, line, part.first, told).of(text) if part else ""
        title = Span(line.words[at].span.start, line.words[titled - 1].span.end).of(text) if titled > at else ""
        if title and not part:
            title = self._span(text, line, n, titled).of(text)
        start = self._span(text, line, n, n + 1).start
        last = name.last
        if not role:
            last, role = self._role_after(text, line, last)
        end = max(mention.span.end, line.words[last - 1].span.end)
        return last, Mention(Span(start, end), "person", mention.name, mention.name_span, title, role)

    def _role(self, line: Line, n: int) -> Part | None:
        """A role of one person that begins at `n`."""
        part = self._part(line, n)
        return part if part and part.head.source == "role" and part.head.kind == "person" else None

    def _titles(self, line: Line, n: int) -> int:
        """The index past titles that begin at `n`."""
        last = n
        for _ in range(_UP_TO):
            if last >= len(line.keys) or last in line.names:
                break
            found = self._lexicon.titles.at(line.keys, last)
            if found is None:
                break
            last = found[0]
            while last < len(line.words) and line.words[last].pos == "ADJ" and last not in line.names:
                last += 1
        return last

    def _past_comma(self, line: Line, n: int) -> int:
        """The index past the comma at `n` where a name stands between it and the next: "الشيخ المعارض، فلان، …"."""
        name = line.names.get(n + 1)
        return n + 1 if name and name.kind == "person" and line.ends(name.last) else n

    def _loose_inside(self, line: Line, first: int, last: int) -> bool:
        return any(line.loose(k) for k in range(first, last))

    def _bare(self, text: str, line: Line, n: int, by_first: dict[int, Mention]) -> tuple[int, Mention]:
        """A name with no title before it, and the role after it, if one stands there."""
        mention, last = by_first[n], line.names[n].last
        if mention.kind != "person":
            return last, mention
        end, role = self._role_after(text, line, last)
        if not role:
            return last, mention
        span = Span(mention.span.start, line.words[end - 1].span.end)
        return end, Mention(span, mention.kind, mention.name, mention.name_span, "", role)

    def _role_after(self, text: str, line: Line, last: int) -> tuple[int, str]:
        """A role told after a name: the index past it and its words, or `last` and ""."""
        at = last
        comma = at < len(line.words) and line.folded[at] in COMMAS
        at += comma
        if at >= len(line.words) or line.loose(at):
            return last, ""
        part = self._role(line, at)
        if part is None or (part.last == at + 1 and not line.words[at].definite):
            return last, ""
        follower = line.names.get(self._titles(line, part.last))
        if follower and follower.kind == "person":
            return last, ""
        if comma and not line.ends(part.last):
            return last, ""
        if not comma and line.words[at].definite and part.last == at + 1:
            return last, ""
        return part.last, self._span(text, line, at, part.last).of(text)

    # --- people and groups without a name ----------------------------------------------------------------

    def _common(self, text: str, line: Line, n: int, by_first: dict[int, Mention]) -> tuple[int, Mention] | None:
        """A generic mention that begins at `n`."""
        part = self._part(line, n)
        if part is None:
            return None
        span = self._span(text, line, part.first, part.last)
        named = line.names.get(n)
        if named and named.last >= part.last:
            return None
        return part.last, Mention(span, part.head.kind, span.of(text), span, generic=True)

    def _part(self, line: Line, n: int) -> Part | None:
        """The phrase that begins at `n`, with what counts it; looked for once."""
        if n not in line.parts:
            line.parts[n] = self._read_part(line, n)
        return line.parts[n]

    def _read_part(self, line: Line, n: int) -> Part | None:
        if n in line.names and line.names[n].last > n + 1:
            return None
        at, counted = self._quantity(line, n)
        if at >= len(line.words):
            at, counted = n, False
        if at > n and at in line.names and line.names[at].kind != "person":
            return Part(n, line.names[at].last, Head("group", "counted", "", 1))
        found = self._head(line, at, counted)
        if found is None and counted:
            at, counted = n, False
            found = self._head(line, at, counted)
        if found is None:
            return None
        last, head = found
        if counted:
            head = head._replace(kind="group")
        return Part(n, self._extent.end(line, at, last, head, counted), head)

    def _quantity(self, line: Line, n: int) -> tuple[int, bool]:
        """The index past numbers and quantifiers that begin at `n`, and whether there were any."""
        at = n
        for _ in range(3):
            if at < len(line.words) and line.words[at].pos == "NUM" and (at == n or not line.loose(at)):
                at += 1
                continue
            found = self._lexicon.quantities.at(line.keys, at) if at < len(line.words) else None
            if found is None or (at > n and line.loose(at)) or line.words[found[0] - 1].enclitic:
                break
            last, join = found
            if line.words[at].definite and not join:
                break
            if join == "من" and (last >= len(line.words) or line.folded[last] != "من"):
                break
            if join == "number" and (last >= len(line.words) or line.words[last].pos != "NUM"):
                break
            at = last + (join == "من")
        number = at > n and line.words[at - 1].pos == "NUM"
        if number and at + 1 < len(line.words) and line.folded[at] == "من" and not line.loose(at + 1):
            at += 1
        if at > n and at < len(line.words) and line.loose(at):
            return n, False
        return at, at > n

    def _head(self, line: Line, n: int, counted: bool) -> tuple[int, Head] | None:
        word, key = line.words[n], line.keys[n]
        if word.definite and key.host in self._lexicon.times:
            return None
        if key.host in self._lexicon.madda and not word.form.startswith("آ"):
            return None
        if n and line.folded[n - 1] in self._lexicon.not_after and not word.definite:
            return None
        follower = line.folded[n + 1] if n + 1 < len(line.words) else ""
        if follower in self._lexicon.not_before.get(key.host, ()):
            return None
        if key.host in self._lexicon.areas and n + 1 in line.names and line.names[n + 1].kind == "place":
            return None
        found = self._lexicon.heads.at(line.keys, n)
        if found and self._stands_as_noun(line, n, counted):
            return found
        many = key.host in self._lexicon.peoples and (word.definite or counted or word.pos == "NOUN")
        if many and (counted or self._stands_as_noun(line, n, counted)):
            return n + 1, Head("group", "people", "", 1)
        if counted and key.host in self._lexicon.counted:
            return n + 1, Head("group", "counted", "", 1)
        return None

    def _stands_as_noun(self, line: Line, n: int, counted: bool) -> bool:
        """Whether word `n` is no verb, and no adjective of the noun before it."""
        word = line.words[n]
        if counted and word.pos == "VERB" and line.words[n - 1].pos == "NUM":
            return True
        if word.pos in _NOT_HEADS and not (word.definite and word.pos != "PUNCT"):
            return False
        if word.pos == "ADJ" or line.keys[n].host in self._lexicon.demonyms:
            before = line.words[n - 1] if n and not line.loose(n) else None
            if n and line.keys[n].host.endswith("يه") and line.words[n - 1].pos == "ADJ" and "و" in word.proclitics:
                return False  # a second adjective of one noun: "الانتخابات الرئاسية والبرلمانية"
            if word.definite and line.keys[n].host in self._lexicon.peoples and before and not before.definite:
                return True
            if before and word.pos == "ADJ" and self._disagrees(line, n):
                return True
            return counted or before is None or before.pos not in ("NOUN", "ADJ", "PROPN")
        return True

    def _disagrees(self, line: Line, n: int) -> bool:
        """Whether the word at `n` cannot describe the noun right before it: "رفض المتمردين", "أصاب القناص شرطيا"."""
        word, before = line.words[n], line.words[n - 1]
        if before.pos not in ("NOUN", "PROPN") or before.enclitic:
            return False
        if word.definite:
            return before.pos == "NOUN" and not before.definite and not line.idafa(n - 1)
        return before.definite and before.pos == "NOUN" and word.form.endswith(_RELATED)

    def _span(self, text: str, line: Line, first: int, last: int) -> Span:
        """The stretch of `text` of words [first, last), freed of particles that can be cut from the first."""
        word = line.words[first]
        letters = loose_letters(word)
        start = after_letters(text, word, letters) if letters else word.span.start
        return Span(start, line.words[last - 1].span.end)
