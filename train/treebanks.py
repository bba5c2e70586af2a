"""Reads PUD and WikiNews into one scheme: words with proclitics, host, attached pronoun and part of speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from waqai.analysis.words.clitics import ARTICLE, PRONOUNS, Cut
from waqai.arabic import strip_marks

_PUD = {"AUX": "VERB", "CCONJ": "CONJ", "SCONJ": "CONJ", "SYM": "PUNCT", "INTJ": "PART"}
_WIKINEWS = {"V": "VERB", "PREP": "ADP", "PUNC": "PUNCT", "FOREIGN": "X", "ABBREV": "X", "DET": "PRON"}
_BEFORE = {"و", "ف", "ب", "ل", "ك", "س", "أ"}
_NOMINAL = {"NOUN", "ADJ", "PROPN", "NUM", "DET", "ADV", "X"}


class Gold(NamedTuple):
    """One word as a treebank has it."""

    surface: str
    cut: Cut
    pos: str
    source: str
    lemma: str = ""


class _Piece(NamedTuple):
    form: str
    pos: str
    lemma: str
    joined: bool  # nothing stands between it and the next


def pud(path: Path) -> list[list[Gold]]:
    """The sentences of Arabic PUD (CC BY-SA 3.0)."""
    sentences = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        pieces = []
        for line in block.split("\n"):
            cells = line.split("\t")
            if len(cells) < 10 or not cells[0].isdigit():
                continue
            pos = _PUD.get(cells[3], cells[3])
            if cells[3] == "PROPN" and cells[4] == "NN":
                pos = "NOUN"  # a common noun inside a name ("البيت الأبيض")
            pieces.append(_Piece(strip_marks(cells[1]), pos, strip_marks(cells[2]), "SpaceAfter=No" in cells[9]))
        sentences.append([_joined(group) for group in _grouped(pieces) if all(p.form for p in group)])
    return sentences


def _grouped(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces written together; punctuation and numbers stand alone."""
    group: list[_Piece] = []
    for piece in pieces:
        if piece.pos == "PUNCT" or not re.fullmatch("[ء-ي]+", piece.form):
            if group:
                yield group
            yield [piece]
            group = []
            continue
        group.append(piece)
        if not piece.joined:
            yield group
            group = []
    if group:
        yield group


def _joined(group: list[_Piece]) -> Gold:
    surface = "".join(piece.form for piece in group)
    forms = [piece.form for piece in group]
    proclitics: list[str] = []
    while len(forms) > 1 and forms[0] in _BEFORE:
        if len(forms) == 2 and forms[1] in PRONOUNS and group[-1].pos == "PRON" and forms[0] in "بلك":
            break
        proclitics.append(forms.pop(0))
    enclitic = ""
    if len(forms) > 1 and forms[-1] in PRONOUNS and group[-1].pos == "PRON":
        enclitic = forms.pop()
    head = group[len(proclitics)]
    host = "".join(forms)
    host, article = _without_article(host, head, proclitics)
    if article:
        proclitics.append(ARTICLE)
    return Gold(surface, Cut(tuple(proclitics), host, enclitic), head.pos, "pud", head.lemma)


def _without_article(host: str, head: _Piece, proclitics: list[str]) -> tuple[str, bool]:
    if head.pos not in _NOMINAL or len(host) < 4:
        return host, False
    lemma = head.lemma.replace("ٱ", "ا")
    if host.startswith(ARTICLE) and not (lemma.startswith("ال") and not lemma.startswith("الل")):
        return host[2:], True
    if proclitics[-1:] == ["ل"] and host.startswith("ل") and not lemma.startswith("ل"):
        return host[1:], True
    return host, False


def wikinews(path: Path) -> list[list[Gold]]:
    """The sentences of the WikiNews test set of Darwish and Mubarak (free to copy), cut at full stops."""
    sentences: list[list[Gold]] = [[]]
    for line in path.read_text(encoding="utf-8").split("\n")[1:]:
        segments, _, tags = line.partition("\t")
        if not tags:
            continue
        word = _merged(segments.split("+"), tags.strip().split("+"))
        if word is None:
            continue
        sentences[-1].append(word)
        if word.surface in ".؟!":
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _merged(forms: list[str], tags: list[str]) -> Gold | None:
    """One word, with endings (ة, ات, ين, the verb's ت, وا) joined to the host again; None where it does not add up."""
    if forms == ["", ""]:
        forms = ["+"]
    if len(forms) != len(tags):
        return None
    proclitics: list[str] = []
    while len(forms) > 1 and tags[0] in {"CONJ", "PREP", "FUT_PART", "DET", "PART"} and forms[0] in {*_BEFORE, ARTICLE}:
        if len(forms) == 2 and tags[1] == "PRON" and forms[1] in PRONOUNS and forms[0] in "بلك":
            break
        proclitics.append(forms[0])
        forms, tags = forms[1:], tags[1:]
    enclitic, ending = "", tags[-1]
    verb_ending = tags[0] == "V" and forms[-1] in {"ت", "وا", "ا", "ون", "ين", "ان", "ن", "تم", "و", "نا"}
    if len(forms) > 1 and ending == "PRON" and forms[-1] in PRONOUNS and not verb_ending:
        enclitic = forms[-1]
        forms, tags = forms[:-1], tags[:-1]
    host = "".join(forms)
    if enclitic and host.endswith("ة"):
        host = host[:-1] + "ت"
    front = "".join(proclitics)
    if proclitics[-2:] == ["ل", ARTICLE]:
        front = "".join(proclitics[:-1]) + "ل"
        surface = front + (host[1:] if host.startswith("ل") else host) + enclitic
    else:
        surface = front + host + enclitic
    pos = _WIKINEWS.get(tags[0], tags[0])
    return Gold(surface, Cut(tuple(proclitics), host, enclitic), pos, "wikinews")
