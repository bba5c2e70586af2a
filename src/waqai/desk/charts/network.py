"""An actor and those it acts with, as a network: places from networkx, drawn as SVG, every node a link."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
from markupsafe import Markup, escape

from waqai.desk import written

_WIDTH, _MARGIN = 480, 56
_LABEL = 22  # letters of a label
_LINE = 15  # the least room between two labels
_SEED = 7
_TIES = 14  # drawn between the others; more than this and none can be followed


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody in the network: how many events they share with the one it is about, and their page."""

    name: str
    count: int
    href: str


def network(centre: Node, others: Sequence[Node], ties: Mapping[tuple[int, int], int], title: str) -> Markup:
    """The network around `centre`; `ties` counts the events that two of `others`, by place in it, share."""
    tall = 150 + 25 * min(len(others), 10)
    places = _places(others, ties, tall)
    most = max((node.count for node in others), default=1)
    lines = [_line(places[-1], places[at], node.count / most, "tie") for at, node in enumerate(others)]
    closest = sorted(ties, key=lambda pair: -ties[pair])[:_TIES]
    lines = [_line(places[a], places[b], 0.15, "tie far") for a, b in closest] + lines
    nodes = [_node(node, places[at], 5 + 9 * math.sqrt(node.count / most), "node") for at, node in enumerate(others)]
    return Markup(
        f'<svg class="network" viewBox="0 0 {_WIDTH} {tall}" role="group" aria-label="{escape(title)}">'
        f"{''.join(lines)}{''.join(nodes)}{_node(centre, places[-1], 16, 'node centre')}</svg>"
    )


def _places(others: Sequence[Node], ties: Mapping[tuple[int, int], int], tall: int) -> dict[int, tuple[float, float]]:
    """Where each stands, the centre as -1 in the middle, the others around it, so that no label lies over another.

    The layout tells who stands beside whom: those that have to do with one another do.
    """
    graph = nx.Graph()
    graph.add_nodes_from([-1, *range(len(others))])
    graph.add_weighted_edges_from((-1, at, 1 + math.log1p(node.count)) for at, node in enumerate(others))
    graph.add_weighted_edges_from((a, b, math.log1p(count)) for (a, b), count in ties.items())
    found = nx.spring_layout(graph, pos=_ring(len(others)) | {-1: (0.0, 0.0)}, fixed=[-1], iterations=12, seed=_SEED)
    around = sorted(range(len(others)), key=lambda at: math.atan2(float(found[at][1]), float(found[at][0])))
    placed = {-1: (_WIDTH / 2, tall / 2)}
    for turn, at in enumerate(around):
        x, y = _ring(len(others))[turn]
        wanted = (_WIDTH / 2 + x * (_WIDTH / 2 - _MARGIN), tall / 2 - 6 + y * (tall / 2 - 34))
        placed[at] = _free(wanted, list(placed.values()), tall)
    return placed


def _ring(count: int) -> dict[int, tuple[float, float]]:
    """Places on a circle, at even distances; two stand to the right and to the left."""
    turns = ((at, 2 * math.pi * at / count) for at in range(count))
    return {at: (math.cos(turn), math.sin(turn)) for at, turn in turns}


def _free(wanted: tuple[float, float], taken: Sequence[tuple[float, float]], tall: int) -> tuple[float, float]:
    """The place nearest to `wanted`, above or below it, whose label meets no other."""
    x, y = wanted
    tries = [y + sign * step for step in range(0, tall, 4) for sign in (1, -1)]
    for other in tries:
        clear = all(abs(x - a) > 2 * _MARGIN + 8 or abs(other - b) > 2.4 * _LINE for a, b in taken)
        if clear and _LINE < other < tall - 2 * _LINE:
            return x, other
    return x, y


def _line(one: tuple[float, float], other: tuple[float, float], weight: float, kind: str) -> str:
    return (
        f'<line class="{kind}" x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{other[0]:.1f}" y2="{other[1]:.1f}" '
        f'stroke-width="{1 + 4 * weight:.1f}"/>'
    )


def _node(node: Node, at: tuple[float, float], size: float, kind: str) -> str:
    x, y = at
    label = escape(written.clip(node.name, _LABEL))
    count = f" ({node.count})" if node.count else ""
    return (
        f'<a class="{kind}" href="{escape(node.href)}" aria-label="{escape(written.clip(node.name, 80))}{count}">'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"/>'
        f'<text x="{x:.1f}" y="{y + size + 13:.1f}" text-anchor="middle" direction="rtl">{label}</text></a>'
    )
