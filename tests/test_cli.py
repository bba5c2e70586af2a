"""The command line: what it writes, where its complaints go, and how it ends."""

from __future__ import annotations

import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from waqai.cli import PATIENCE_SECONDS, Progress, main

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "skhirat.txt"
WAQAI = [sys.executable, "-m", "waqai"]
ARABIC = "قال الوزير سالم البحري إن الوفد وصل إلى المدينة أمس. وهاجم مسلحون قرية قريبة منها بحسب السكان."
PAGE = "وصل الوفد إلى المدينة\n\n26 مارس 2024\n\n" + ARABIC
CONTROLS = "\u2066\u2067\u2068\u2069\u200e\u200f\x1b"


def run(*args: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*WAQAI, *args], input=stdin, capture_output=True, check=False, cwd=ROOT, env={**os.environ, **(env or {})}
    )


def put(path: Path, body: bytes | str) -> str:
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return str(path)


def rows(output: str | bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


# --- what is written -------------------------------------------------------------------------------------


def test_json_writes_one_record_a_line() -> None:
    result = CliRunner().invoke(main, ["read", "--json", str(EXAMPLE), str(EXAMPLE.with_name("geneva.html"))])
    assert result.exit_code == 0 and result.stderr == ""
    assert [str(row["published"])[:10] for row in rows(result.stdout)] == ["2015-12-17", "2020-10-23"]


def test_in_a_pipe_the_card_is_plain() -> None:
    result = CliRunner().invoke(main, ["read", str(EXAMPLE)])
    assert result.exit_code == 0
    assert "2015-12-17" in result.stdout and "   من: " in result.stdout
    assert not set(result.stdout) & set(CONTROLS)


def test_explain_names_rows_of_the_lexicon() -> None:
    plain = CliRunner().invoke(main, ["read", str(EXAMPLE)]).stdout
    explained = CliRunner().invoke(main, ["read", "--explain", str(EXAMPLE)]).stdout
    assert set(plain.splitlines()) < set(explained.splitlines())
    assert "consult.meet.iltaqa" in explained and "consult.meet.iltaqa" not in plain


def test_standard_input() -> None:
    result = run("read", "--json", "-", stdin=PAGE.encode())
    assert result.returncode == 0 and rows(result.stdout)[0]["published"] == "2024-03-26"


ROW = """[[frame]]
id = "{id}"
type = "CONSULT"
mode = ""
cameo = "040"
verb = ["{verb}"]
noun = []
source = ["subject"]
target = []
genitive = ""
example = "{example}"
"""


def lexicon(folder: Path, *table: str) -> Path:
    (folder / "frames").mkdir(parents=True)
    put(folder / "frames" / "own.toml", "".join(table))
    return folder


def test_a_row_of_the_users_own_is_followed(tmp_path: Path) -> None:
    own = lexicon(tmp_path / "own", ROW.format(id="own.plant", verb="زرع", example=""))
    page = put(tmp_path / "a.txt", "خبر من القرية\n\n26 مارس 2024\n\nزرع الوزير سالم البحري أشجارا في تونس أمس.")
    without, laid = (run("read", "--json", page, *more).stdout for more in ([], ["--lexicon", str(own)]))
    assert [event["rule"] for event in json.loads(laid)["events"]] == ["own.plant"]
    assert "own.plant" not in without.decode()
    assert json.loads(laid)["made_by"]["lexicon"] != json.loads(without)["made_by"]["lexicon"]


# --- inputs that cannot be read --------------------------------------------------------------------------

ENGLISH = (
    "<html><body><article><p>" + "The minister met his counterpart in the capital on Monday. " * 12 + "</p></article>"
)
BAD: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.txt", b"", "the file is empty (give a page, a text or JSON)"),
    "binary": ("a.html", bytes(range(256)) * 60, "binary"),
    "english": ("a.html", ENGLISH.encode(), "not Arabic: 0 % of its letters are Arabic"),
    "too large": ("a.txt", b"a" * 20_000_000, "larger than 10 MB"),
    "broken json": ("a.json", b'{"title": "a", ', "JSON"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_input_is_named_and_the_others_are_written(tmp_path: Path, name: str) -> None:
    file, body, complaint = BAD[name]
    bad, good = put(tmp_path / file, body), put(tmp_path / "good.txt", PAGE)
    result = CliRunner().invoke(main, ["read", "--json", bad, good])
    assert result.exit_code == 1
    assert len(rows(result.stdout)) == 1
    [line] = result.stderr.splitlines()
    assert line.startswith(f"waqai: {bad}") and complaint in line


def test_missing_file_and_directory(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["read", "--json", str(tmp_path / "none.html"), str(tmp_path)])
    assert result.exit_code == 1 and result.stdout == ""
    missing, folder = result.stderr.splitlines()
    assert missing == f"waqai: {tmp_path / 'none.html'}: no such file (check the path)"
    assert folder.startswith(f"waqai: {tmp_path}: a directory, not a file (name the files in it")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "windows-1256", "utf-8-sig", "iso-8859-6"])
def test_encodings_are_told(tmp_path: Path, encoding: str) -> None:
    path = put(tmp_path / "a.txt", PAGE.encode(encoding))
    result = CliRunner().invoke(main, ["read", "--json", path])
    assert result.exit_code == 0 and ARABIC in str(rows(result.stdout)[0]["text"])


def test_a_broken_line_is_named_and_the_others_are_written(tmp_path: Path) -> None:
    good = [json.dumps({"id": str(n), "title": "خبر", "body": ARABIC, "published": "2024-03-26"}) for n in (1, 3)]
    path = put(tmp_path / "a.jsonl", f'{good[0]}\n{{"id": "2", "title\n{good[1]}\n')
    result = CliRunner().invoke(main, ["read", "--json", path])
    assert result.exit_code == 1
    assert [row["id"] for row in rows(result.stdout)] == ["1", "3"]
    [line] = result.stderr.splitlines()
    assert line.startswith(f"waqai: {path}:2: ")


def test_an_article_without_date_says_so(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", json.dumps({"title": "خبر", "body": ARABIC}))
    result = CliRunner().invoke(main, ["read", "--json", path])
    assert result.exit_code == 0
    assert "no publication date found; relative dates are left unresolved" in rows(result.stdout)[0]["problems"]  # type: ignore[operator]
    assert "relative dates are left unresolved" in CliRunner().invoke(main, ["read", path]).stdout


def test_a_lone_surrogate_in_json_is_survived(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", '{"title": "خبر", "body": "قال \\ud800 الوزير إن الجيش هاجم القرية."}')
    result = run("read", "--json", path)
    assert b"Traceback" not in result.stderr and result.returncode in (0, 1)


# --- how it ends -----------------------------------------------------------------------------------------


def test_no_arguments_is_wrong_usage() -> None:
    result = run()
    assert result.returncode == 2 and result.stdout == b"" and b"Usage: " in result.stderr and b"read" in result.stderr


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (["read"], "Missing argument 'INPUT...'"),
        (["read", "--nonsense", "a"], "--nonsense"),
        (["nonsense"], "No such command 'nonsense'"),
        (["read", "--lexicon", "no/such/folder", "a"], "Directory 'no/such/folder' does not exist"),
        (["read", "--json", "--explain", "a"], "leave out --plain and --explain"),
    ],
)
def test_wrong_usage(args: list[str], complaint: str) -> None:
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 2 and result.stdout == "" and complaint in result.stderr


def test_a_folder_that_is_no_lexicon(tmp_path: Path) -> None:
    result = run("read", "--lexicon", str(tmp_path), str(EXAMPLE))
    assert result.returncode == 1 and result.stdout == b""
    assert result.stderr.startswith(f"waqai: {tmp_path}: no tables in it".encode())


def test_a_wrong_table_ends_the_run_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    path = put(tmp_path / "frames" / "own.toml", "[[frame]\n")
    result = run("read", "--lexicon", str(tmp_path), str(EXAMPLE))
    assert result.returncode == 1 and f"waqai: {path}: not a TOML table".encode() in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_reader_that_leaves_ends_it_quietly() -> None:
    with subprocess.Popen([*WAQAI, "read", "--json", *[str(EXAMPLE)] * 40], stdout=-1, stderr=-1) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        complaint = process.stderr.read()
        assert process.wait(60) == 141 and complaint == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("form", ["--json", "--plain"])
def test_a_full_disk_is_said(form: str) -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run([*WAQAI, "read", form, str(EXAMPLE)], stdout=full, stderr=-1, check=False)
    assert result.returncode == 1 and result.stderr == b"waqai: cannot write: No space left on device\n"


def test_closed_standard_output_is_said() -> None:
    result = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *WAQAI, "read", str(EXAMPLE)], stderr=-1, check=False)
    assert result.returncode == 1 and b"standard output is closed" in result.stderr


def test_interrupt_ends_it_without_a_traceback() -> None:
    """Once its first record is out it is certainly at work; the input on standard input never ends."""
    with subprocess.Popen([*WAQAI, "read", "--json", str(EXAMPLE), "-"], stdin=-1, stdout=-1, stderr=-1) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr.read().strip() == b""


def test_installed_command() -> None:
    command = Path(sys.executable).with_name("waqai")
    if not command.exists():
        pytest.skip("the package is not installed in this environment")
    version = subprocess.run([command, "--version"], capture_output=True, check=True, text=True)
    assert version.stdout.startswith("waqai, version ")
    assert subprocess.run([command, "read", "none.html"], capture_output=True, check=False).returncode == 1
    assert subprocess.run([command], capture_output=True, check=False).returncode == 2


def test_a_cold_start_takes_less_than_a_second_and_a_half_and_300_megabytes() -> None:
    """Time of the processor, the least of three runs: others may be using the machine."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=-3, check=True);"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss)"
    )
    command = [sys.executable, "-c", code, *WAQAI, "read", str(EXAMPLE)]
    runs = [subprocess.run(command, capture_output=True, check=True, text=True).stdout.split() for _ in range(3)]
    assert min(float(seconds) for seconds, _ in runs) < 1.5
    if sys.platform == "linux":  # kilobytes; elsewhere bytes
        assert max(int(kilobytes) for _, kilobytes in runs) < 300_000


# --- a terminal ------------------------------------------------------------------------------------------


def on_a_terminal(*args: str, **env: str) -> str:
    """What the command writes where standard output is a terminal of 100 columns."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [*WAQAI, *args], stdout=slave, env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **env}
    ) as process:
        os.close(slave)
        written = b""
        while chunk := _read(master):
            written += chunk
        assert process.wait(60) == 0
    os.close(master)
    return written.decode()


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:  # Linux says so where the other side is closed
        return b""


def test_on_a_terminal_there_is_a_table_with_colours() -> None:
    written = on_a_terminal("read", str(EXAMPLE))
    assert "\x1b[1m" in written and "\u2067" in written and "الفعل" in written


def test_no_color_is_respected() -> None:
    written = on_a_terminal("read", str(EXAMPLE), NO_COLOR="1")
    assert "\x1b[3" not in written.replace("\x1b[3m", "") and "الفعل" in written


@pytest.mark.parametrize("env", [{"MLTERM": "3.9"}, {"TERM": "linux"}, {"TERM": "dumb"}])
def test_terminals_that_give_marks_a_width_get_the_list(env: dict[str, str]) -> None:
    assert not set(on_a_terminal("read", str(EXAMPLE), **env)) & set(CONTROLS)


def test_plain_on_a_terminal() -> None:
    assert not set(on_a_terminal("read", "--plain", str(EXAMPLE))) & set(CONTROLS)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_progress_is_told_when_it_takes_long_and_wiped_before_other_lines() -> None:
    clock, stream = Clock(), io.StringIO()
    progress = Progress(stream, shown=True, clock=clock)
    progress.count()
    assert stream.getvalue() == ""
    clock.now = PATIENCE_SECONDS * 2
    progress.count()
    assert stream.getvalue() == "\r2 articles, 0 a second"
    progress.clear()
    assert stream.getvalue().endswith("\r" + " " * 22 + "\r")
    before = stream.getvalue()
    progress.count()
    progress.clear()
    assert stream.getvalue() == before


def test_progress_is_silent_where_nobody_looks() -> None:
    clock, stream = Clock(), io.StringIO()
    progress = Progress(stream, shown=False, clock=clock)
    clock.now = 100.0
    progress.count()
    progress.clear()
    assert stream.getvalue() == ""


# --- lexicon check ---------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A lexicon with a row that is right, one without example, and one whose example tells of something else."""
    return lexicon(
        tmp_path / "own",
        ROW.format(id="own.right", verb="زرع", example="زرع الوزير سالم البحري أشجارا في تونس أمس."),
        ROW.format(id="own.none", verb="حصد", example=""),
        ROW.format(id="own.other", verb="حفر", example="وصل الوزير إلى المدينة."),
    )


def test_lexicon_check_names_the_faulty_rows_of_a_folder_and_no_others(own: Path) -> None:
    result = CliRunner().invoke(main, ["lexicon", "check", str(own), "--json"])
    faults = {row["row"]: str(row["what"]) for row in rows(result.stdout)}
    assert result.exit_code == 1 and list(faults) == ["own.none", "own.other"]
    assert faults["own.none"] == "has no example"
    assert faults["own.other"].startswith("its example gives no event of this row")


def test_lexicon_check_for_people(own: Path) -> None:
    result = CliRunner().invoke(main, ["lexicon", "check", str(own)])
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["own.none", "own.other"]
    assert result.stderr == "2 faults\n"


def test_lexicon_check_finds_nothing_wrong_with_rows_that_are_right(tmp_path: Path) -> None:
    row = ROW.format(id="own.right", verb="زرع", example="زرع الوزير سالم البحري أشجارا في تونس أمس.")
    right = lexicon(tmp_path / "a", row, 'gives = { sources = ["سالم البحري"], status = "happened" }\n')
    wrong = lexicon(tmp_path / "b", row, 'gives = { sources = ["هالة الزيدي"], status = "planned" }\n')
    result = CliRunner().invoke(main, ["lexicon", "check", str(right)])
    assert (result.exit_code, result.stdout) == (0, "no faults\n")
    result = CliRunner().invoke(main, ["lexicon", "check", str(wrong), "--json"])
    assert [row["what"] for row in rows(result.stdout)] == [
        "sources: سالم البحري, should be هالة الزيدي",
        "status: happened, should be planned",
    ]


def test_lexicon_check_of_no_lexicon(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["lexicon", "check", str(tmp_path)])
    assert result.exit_code == 1 and "no tables in it" in result.stderr


# --- its manual ------------------------------------------------------------------------------------------


def commands(command: click.Command = main, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from commands(inner, *path, name)


@pytest.mark.parametrize(
    ("path", "command"), list(commands()), ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_and_option_has_help(path: tuple[str, ...], command: click.Command) -> None:
    assert command.help and command.help.strip().endswith((".", "2  wrong usage"))
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
        else:
            assert (parameter.metavar or "").strip("[].") in command.help, parameter.name


def test_the_manual_is_what_help_says() -> None:
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    made = subprocess.run([sys.executable, ROOT / "docs" / "cli.py"], capture_output=True, check=True, text=True)
    assert written == made.stdout, "run: make docs"
    for path, _ in commands():
        assert f"waqai {' '.join(path)}".strip() in written
