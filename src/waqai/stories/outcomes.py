"""What became of a planned act: whether a later report tells that it took place, or that it will not."""

from __future__ import annotations

from dataclasses import replace

from waqai.stories.scoring import Link, Scorer
from waqai.stories.sketches import Sketch

_PARTIES = 0.25  # how far the parties of a plan and of its outcome are the same, at least


def outcome(scorer: Scorer, one: Sketch, other: Sketch, topic: float) -> tuple[Sketch, Sketch, Link | None]:
    """The planned act, the report of its outcome, and how likely that is; no link where neither is the other's outcome.

    An outcome is told on the day of the plan or later, is no plan itself, and is dated as the plan is, or by
    publication. It has the plan's parties: of one day many meetings are told in like words.
    """
    plan, then = (one, other) if one.planned else (other, one)
    if plan.planned == then.planned or plan.status != "planned" or plan.dated != "day" or then.told < plan.told:
        return plan, then, None
    if then.status == "happened" and then.told < plan.first:
        return plan, then, None
    signs = scorer.signs(plan, replace(then, status=plan.status), topic)
    if signs is None or signs.get("parties", 0.0) < _PARTIES:
        return plan, then, None
    return plan, then, scorer.weighed(signs)
