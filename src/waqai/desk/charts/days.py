"""Activity over time: two bars a period, mirrored where the page reads from the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from waqai.desk import written
from waqai.desk.texts import LANGUAGES, Texts

_WIDTH, _HEIGHT = 720, 120


@dataclass(frozen=True, slots=True)
class Bar:
    """A period, two counts of it, and the page that lists what was counted."""

    period: str
    first: int
    second: int
    href: str


def day_chart(
    bars: Sequence[Bar], language: str, texts: Texts, names: tuple[str, str] = ("articles", "events")
) -> Markup:
    """The chart of `bars`, oldest first, and the table behind it; `names` tell the two counts, chart.… in the texts."""
    if not any(bar.first or bar.second for bar in bars):
        return Markup("")
    say = texts.say(language)
    told = (say(f"chart.{names[0]}"), say(f"chart.{names[1]}"))
    most = max(max(bar.first, bar.second) for bar in bars)
    span = f"{written.day(bars[0].period, language)} – {written.day(bars[-1].period, language)}"
    title = say("chart.title", first=told[0], second=told[1], span=span)
    ends = (bars[0], bars[-1])
    return Markup(
        f'<figure class="chart"><svg viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(title)}">{_drawn(bars, most, LANGUAGES[language] == "rtl", names)}</svg>'
        f'<p class="chart-ends">{"".join(f"<span>{escape(written.day(bar.period, language))}</span>" for bar in ends)}'
        f"</p><figcaption>{_legend(told, names)}<span>{escape(say('chart.most', count=written.number(most)))}</span>"
        f"</figcaption>{_table(bars, language, texts, told)}</figure>"
    )


def _drawn(bars: Sequence[Bar], most: int, mirrored: bool, kinds: tuple[str, str]) -> str:
    step = _WIDTH / len(bars)
    wide = min(step * 0.4, 28)
    pieces = [f'<line class="axis" x1="0" x2="{_WIDTH}" y1="{_HEIGHT - 0.5}" y2="{_HEIGHT - 0.5}"/>']
    for at, bar in enumerate(bars):
        for place, (count, kind) in enumerate(((bar.first, kinds[0]), (bar.second, kinds[1]))):
            if not count:
                continue
            tall = max(2.0, count / most * (_HEIGHT - 6))
            left = at * step + step / 2 + (place - 1) * wide
            x = _WIDTH - left - wide if mirrored else left
            pieces.append(
                f'<rect class="bar-{kind}" x="{x:.1f}" y="{_HEIGHT - tall:.1f}" width="{wide:.1f}" '
                f'height="{tall:.1f}"/>'
            )
    return "".join(pieces)


def _legend(told: tuple[str, str], kinds: tuple[str, str]) -> str:
    return "".join(
        f'<span class="key"><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect class="bar-{kind}" '
        f'width="10" height="10"/></svg>{escape(name)}</span>'
        for kind, name in zip(kinds, told, strict=True)
    )


def _table(bars: Sequence[Bar], language: str, texts: Texts, told: tuple[str, str]) -> str:
    say = texts.say(language)
    rows = "".join(
        f'<tr><th scope="row"><a href="{escape(bar.href)}">{escape(written.day(bar.period, language))}</a></th>'
        f"<td>{bar.first}</td><td>{bar.second}</td></tr>"
        for bar in bars
        if bar.first or bar.second
    )
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in (say("chart.period"), *told))
    return (
        f'<details class="behind"><summary>{escape(say("chart.table"))}</summary><div class="scrolls" tabindex="0" '
        f'role="region" aria-label="{escape(say("chart.table"))}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )
