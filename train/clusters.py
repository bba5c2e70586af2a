"""Learns word clusters from the news: words that stand beside the same neighbours get the same number.

Positive pointwise mutual information of each word with the commonest words one and two places before and after
it, a truncated singular value decomposition (Halko, Martinsson and Tropp 2011), and spherical k-means, coarse and
fine. Writes `src/waqai/data/models/names-clusters.txt`: one line a fine cluster, the coarse number before it.

    python train/clusters.py --shared ../shared
"""

from __future__ import annotations

import argparse
import json
import lzma
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from waqai.analysis.names.features import news_tokens

OUT = Path(__file__).resolve().parents[1] / "src/waqai/data/models/names-clusters.txt"
SEED = 2018
VOCABULARY = 40_000
CONTEXTS = 2_000
DIMENSIONS = 100
FINE, COARSE = 600, 80


def read_articles(shared: Path, every: int = 1) -> Iterator[list[list[str]]]:
    """Folded tokens of title and paragraphs of every n-th article."""
    with lzma.open(shared / "data/news/ant2018-h1.jsonl.xz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % every == 0:
                article = json.loads(line)
                yield [news_tokens(paragraph) for paragraph in [article["title"], *article["body"].split("\n")]]


def neighbours(paragraphs: list[list[str]], vocabulary: list[str]) -> sp.csr_matrix:
    """How often each word has each of the commonest words one or two places before or after it."""
    number = {word: n for n, word in enumerate(vocabulary)}
    gap = [-1, -1]
    stream = np.array(
        [i for words in paragraphs for i in [*(number.get(word, -1) for word in words), *gap]], dtype=np.int32
    )
    total = sp.csr_matrix((len(vocabulary), 4 * CONTEXTS), dtype=np.float32)
    for slot, shift in enumerate((1, 2, -1, -2)):
        left, right = (stream[:-shift], stream[shift:]) if shift > 0 else (stream[-shift:], stream[:shift])
        seen = (left >= 0) & (right >= 0) & (right < CONTEXTS)
        pairs = (left[seen], right[seen] + slot * CONTEXTS)
        total = total + sp.csr_matrix((np.ones(len(pairs[0]), np.float32), pairs), shape=total.shape)
    return total


def vectors(counts: sp.csr_matrix) -> np.ndarray:
    """Unit vectors from positive pointwise mutual information, its contexts smoothed to the power 0.75."""
    words = np.asarray(counts.sum(1)).ravel()
    contexts = np.asarray(counts.sum(0)).ravel() ** 0.75
    contexts *= words.sum() / contexts.sum()
    coo = counts.tocoo()
    pmi = np.log(coo.data * words.sum() / (words[coo.row] * contexts[coo.col]))
    keep = pmi > 0
    matrix = sp.csr_matrix((pmi[keep], (coo.row[keep], coo.col[keep])), shape=counts.shape)
    rng = np.random.default_rng(SEED)
    sketch = matrix @ rng.standard_normal((matrix.shape[1], DIMENSIONS + 20))
    for _ in range(3):
        sketch = matrix @ (matrix.T @ np.linalg.qr(sketch)[0])
    basis = np.linalg.qr(sketch)[0]
    u, s, _ = np.linalg.svd((matrix.T @ basis).T, full_matrices=False)
    embedded = (basis @ u)[:, :DIMENSIONS] * np.sqrt(s[:DIMENSIONS])
    lengths = np.linalg.norm(embedded, axis=1, keepdims=True)
    return np.asarray(embedded / np.maximum(lengths, 1e-9), dtype=np.float32)


def k_means(points: np.ndarray, k: int, rounds: int = 25) -> tuple[np.ndarray, np.ndarray]:
    """Cluster numbers of `points` and the cluster centres, by cosine; starts from the first k points."""
    centres = points[:k].copy()
    chosen = np.zeros(len(points), dtype=np.int64)
    for _ in range(rounds):
        chosen = np.argmax(points @ centres.T, axis=1)
        sums = sp.csr_matrix((np.ones(len(points), np.float32), (chosen, np.arange(len(points)))), (k, len(points)))
        moved = sums @ points
        filled = np.linalg.norm(moved, axis=1) > 0
        centres[filled] = moved[filled] / np.linalg.norm(moved[filled], axis=1, keepdims=True)
    return chosen, centres


def main() -> None:
    """Reads the news, clusters its words, writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    shared = parser.parse_args().shared
    start = time.time()
    paragraphs = [words for article in read_articles(shared) for words in article]
    counted = Counter(word for words in paragraphs for word in words)
    ranked = sorted(counted, key=lambda word: (-counted[word], word))
    vocabulary = [word for word in ranked if counted[word] >= 5][:VOCABULARY]
    print(f"{sum(counted.values()):,} tokens, {len(vocabulary):,} words kept, {time.time() - start:.0f} s")
    points = vectors(neighbours(paragraphs, vocabulary))
    print(f"vectors after {time.time() - start:.0f} s")
    fine, centres = k_means(points, FINE)
    coarse, _ = k_means(centres, COARSE)
    lines = []
    for cluster in range(FINE):
        members = [vocabulary[i] for i in np.flatnonzero(fine == cluster)]
        if members:
            lines.append(f"{coarse[cluster]}\t{' '.join(members)}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} clusters in {OUT.name}, {OUT.stat().st_size:,} bytes, {time.time() - start:.0f} s")


if __name__ == "__main__":
    main()
