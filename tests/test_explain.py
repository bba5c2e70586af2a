"""One sentence explained, layer by layer."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from waqai.cli import main
from waqai.explain import Explainer
from waqai.resources import Library

SENTENCE = "التقى الوزير التونسي سالم البحري نظيره المالي في باماكو، الاثنين."


@pytest.fixture(scope="module")
def explainer() -> Explainer:
    return Explainer(Library())


def test_every_layer_tells_of_the_sentence(explainer: Explainer) -> None:
    layers = explainer.explain(SENTENCE, "2024-05-15")
    assert {"word": "الاثنين", "cut": "ال+اثنين", "part": "NOUN", "lemma": "اثنين"}.keys() == layers["words"][0].keys()
    assert any(mention["name"] == "سالم البحري" for mention in layers["mentions"])
    assert layers["times"] == [{"text": "الاثنين", "value": "2024-05-13", "kind": "date"}]
    assert layers["clauses"][0]["verb"] == "التقى" and "سالم البحري" in layers["clauses"][0]["subject"]
    assert [act["type"] for act in layers["acts"]] == ["CONSULT"]


def test_a_row_not_taken_says_why(explainer: Explainer) -> None:
    rows = explainer.explain("دعا الوزير سالم البحري زملاءه.")["rows"]
    refused = [row["taken"] for row in rows if row["word"] == "دعا" and row["taken"] != "yes"]
    assert refused and all(reason.startswith("no: ") and len(reason) > 6 for reason in refused)


def test_the_command_writes_json() -> None:
    result = CliRunner().invoke(main, ["explain", "--json", "--published", "2024-05-15", SENTENCE])
    assert result.exit_code == 0
    assert json.loads(result.output)["acts"][0]["row"].startswith("consult.")
