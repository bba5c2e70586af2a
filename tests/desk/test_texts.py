"""What the desk says stands in the tables, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from waqai.desk.labels import Labels
from waqai.desk.rendering import HERE
from waqai.desk.texts import LANGUAGES, Texts
from waqai.errors import TableError
from waqai.ontology import STATUSES, Ontology
from waqai.resources import Library


@pytest.fixture(scope="module")
def texts(library: Library) -> Texts:
    return Texts(library)


def test_every_text_has_both_languages_and_the_same_places(library: Library) -> None:
    for row in library.rows("desk", "text"):
        fills = [{field for _, field, _, _ in Formatter().parse(row[language]) if field} for language in LANGUAGES]
        assert fills[0] == fills[1], row["id"]
        assert all(row[language].strip() for language in LANGUAGES), row["id"]


@pytest.mark.parametrize("path", sorted((HERE / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_what_templates_ask_for_is_there(texts: Texts, path: Path) -> None:
    for name in re.findall(r"\bt\('([\w.-]+)'", path.read_text(encoding="utf-8")):
        begun = name.endswith((".", "_"))  # and goes on with a value
        assert texts.beginning(name) if begun else name in texts, f"{path.name}: {name}"


def test_names_are_those_of_the_ontology(library: Library, texts: Texts) -> None:
    ontology, say = Ontology(library), texts.say("ar")
    for kind in ontology.types.values():
        assert say(f"type.{kind.id}") == kind.arabic
    for sector in ontology.sectors.values():
        assert say(f"sector.{sector.id}") == sector.arabic
    for names, group in ((ontology.modes, "mode"), (STATUSES, "status")):
        for name, arabic in names.items():
            assert say(f"{group}.{name}") == arabic


def test_labels_are_named_in_both_languages(library: Library, texts: Texts) -> None:
    labels = Labels(library, texts)
    assert labels.of("country", "EGY", "ar") == "مصر" and labels.of("country", "EGY", "en") == "Egypt"
    assert labels.of("type", "AGREE", "en") == "Agreement"
    assert labels.of("country", "---", "ar") != "---"
    assert labels.of("country", "QQQ", "en") == "QQQ"


def test_an_unknown_text_is_told(texts: Texts) -> None:
    with pytest.raises(TableError, match="no text 'none'"):
        texts.say("ar")("none")
