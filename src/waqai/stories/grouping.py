"""Groups of reports from their links: the same groups in whatever order reports and links came.

Links are taken strongest first, and two groups become one where each report of the smaller has a strong link into the
larger and the mean of all links across is not weak. Where two links are equally strong, the ids of their reports
decide.
What people linked or split comes first and is never undone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import fsum

ON_THE_WHOLE = 0.3  # mean of all links between two groups that are one; with LINK, chosen on the tuning pairs


class Groups:
    """Disjoint sets of nodes that grow together."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self.of = {node: node for node in sorted(nodes)}
        self.members: dict[str, list[str]] = {node: [node] for node in self.of}

    def join(self, one: str, other: str) -> None:
        """Makes the groups of two nodes one."""
        kept, gone = sorted((self.of[one], self.of[other]))
        if kept == gone:
            return
        for node in self.members[gone]:
            self.of[node] = kept
        self.members[kept] += self.members.pop(gone)


def groups(
    scores: Mapping[tuple[str, str], float],
    nodes: Collection[str],
    *,
    least: float,
    home: Mapping[str, object],
    must: Collection[tuple[str, str]] = (),
    never: Collection[tuple[str, str]] = (),
) -> list[list[str]]:
    """The groups of `nodes`, each sorted, in the order of their first.

    `scores` has each pair once; one without a score counts 0, unless both have the same `home`: an article does not
    tell
    whether it tells an act twice. `must` and `never` are what people said; of both, `must` is done first.
    """
    found = Groups(nodes)
    for one, other in sorted(must):
        if one in found.of and other in found.of:
            found.join(one, other)
    apart: dict[str, set[str]] = {}
    for one, other in never:
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    known = {**scores, **{(other, one): score for (one, other), score in scores.items()}}
    for (one, other), score in sorted(scores.items(), key=lambda item: (-item[1], sorted(item[0]))):
        if score < least:
            break
        left, right = found.of[one], found.of[other]
        if left != right and _fits(found.members[left], found.members[right], known, home, apart, least):
            found.join(left, right)
    return sorted(sorted(members) for members in found.members.values())


def _fits(
    left: list[str],
    right: list[str],
    scores: Mapping[tuple[str, str], float],
    home: Mapping[str, object],
    apart: Mapping[str, set[str]],
    least: float,
) -> bool:
    """Whether two groups tell one act: each report of the smaller has a strong link into the other, and by and large
    they are linked.
    """
    if any(not apart.get(one, set()).isdisjoint(right) for one in left):
        return False
    small, large = (left, right) if (len(left), left) <= (len(right), right) else (right, left)
    best: list[float] = []
    every: list[float] = []
    for one in small:
        if found := [scores.get((one, other), 0.0) for other in large if home[one] != home[other]]:
            best.append(max(found))
            every += found
    return bool(best) and fsum(best) / len(best) >= least and fsum(every) / len(every) >= ON_THE_WHOLE
