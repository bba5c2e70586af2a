"""The CRF reader: the labels are those crfsuite's own tagger gives, whatever attributes come."""

from __future__ import annotations

import random
from pathlib import Path

import pycrfsuite
import pytest

from waqai.analysis.chain import Chain
from waqai.errors import TableError
from waqai.resources import Library


@pytest.mark.parametrize("model", ["words-pos.crf", "names.crfsuite"])
def test_labels_are_crfsuites(model: str) -> None:
    path = Library().model(model)
    chain, peer = Chain(path), pycrfsuite.Tagger()
    peer.open(str(path))
    attributes = [*peer.info().attributes, "no such attribute"]
    draw = random.Random(4)
    for length in [0, 1, 1, 2, *(draw.randrange(3, 40) for _ in range(60))]:
        rows = [draw.sample(attributes, draw.randrange(12)) for _ in range(length)]
        assert chain.best([chain.scores(row) for row in rows]) == (peer.tag(rows) if rows else [])


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model").write_bytes(b"lCR")
    with pytest.raises(TableError, match="not a model"):
        Chain(tmp_path / "model")
