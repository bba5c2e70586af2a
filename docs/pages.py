"""What MkDocs is told beside mkdocs.yml: pages made of code and tables, and links that lead out of docs/.

Pages made here are no files of the repository: the types with their examples, the credits and the model card of what
the README and the models' README say, the changes. A link to a file outside docs/ becomes the file's name, since the
site holds no such file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

from waqai.ontology import STATUSES
from waqai.resources import Library

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = 4  # of a type, from different rows
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")


def on_files(files: Any, config: Any) -> Any:
    """Adds the pages that are made."""
    models = (ROOT / "src" / "waqai" / "data" / "models" / "README.md").read_text(encoding="utf-8")
    card = (ROOT / "docs" / "model-card.md").read_text(encoding="utf-8")
    made = {
        "event-types.md": "\n".join(event_types(Library())),
        "credits.md": "# Licence and credits\n" + section(ROOT / "README.md", "Licence and credits"),
        "changes.md": (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
    }
    files.remove(files.get_file_from_path("model-card.md"))
    made["model-card.md"] = card + "\n" + re.sub("^#", "##", models, flags=re.M)
    for name, text in made.items():
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Links to files that the site does not hold become names."""
    docs = Path(config["docs_dir"])
    here = Path(page.file.src_uri).parent

    def led(found: re.Match[str]) -> str:
        picture, words, target = found.groups()
        if "://" in target or target.startswith("#"):
            return found[0]
        path = target.split("#")[0]
        if files.get_file_from_path((here / path).as_posix().removeprefix("./")):
            return found[0]
        inner = path.removeprefix("docs/")  # as the README writes it
        if files.get_file_from_path(inner):
            return f"{picture}[{words}]({target.removeprefix('docs/')})"
        return words if words.startswith("`") or not (docs / path).exists() else f"`{words}`"

    return _LINK.sub(led, markdown)


def section(path: Path, title: str) -> str:
    """The text below a heading of the second level, to the next or to an element of HTML."""
    text = path.read_text(encoding="utf-8").split(f"## {title}\n", 1)[1]
    return re.split(r"^(?:## |<div)", text, maxsplit=1, flags=re.M)[0]


def event_types(library: Library) -> Iterator[str]:
    """A page: each type with what it is, its modes, and examples of rows with what comes out of them."""
    modes = {row["id"]: row["arabic"] for row in library.rows("ontology", "mode")}
    frames = library.rows("frames", "frame")
    yield "# Event types\n"
    yield "Made from `data/ontology` and `data/frames`. The types are those of PLOVER. Tests check the examples."
    yield "\nStatuses: " + ", ".join(f"{name} ({arabic})" for name, arabic in STATUSES.items()) + "."
    for row in library.rows("ontology", "type"):
        own = [frame for frame in frames if frame["type"] == row["id"]]
        yield f"\n## {row['id']} · {row['arabic']}\n"
        yield f"{row['act'].capitalize()}. Class: {row['quad']}; CAMEO root {row['cameo']}; {len(own)} rows.\n"
        if row["modes"]:
            yield "Modes: " + ", ".join(f"{mode} ({modes[mode]})" for mode in row["modes"]) + ".\n"
        yield "| words | example | source | target | row |\n| --- | --- | --- | --- | --- |"
        yield from map(example, chosen(own))


def chosen(frames: list[Any]) -> list[Any]:
    """Rows with whole examples, of different modes first."""
    told = [frame for frame in frames if frame.get("gives", {}).get("sources") and frame.get("example")]
    seen: dict[str, Any] = {}
    for frame in told:
        seen.setdefault(frame.get("mode", ""), frame)
    rest = [frame for frame in told if frame not in seen.values()]
    return [*seen.values(), *rest][: max(EXAMPLES, len(seen))]


def example(frame: Any) -> str:
    """A row of the table."""
    gives = frame["gives"]
    words = "، ".join([*frame.get("verb", []), *frame.get("noun", []), *frame.get("participle", [])][:4])
    sides = ("، ".join(gives.get(side) or ["–"]) for side in ("sources", "targets"))
    mode = f" ({frame['mode']})" if frame.get("mode", "") else ""
    return f"| {words}{mode} | {frame['example']} | {' | '.join(sides)} | `{frame['id']}` |"
