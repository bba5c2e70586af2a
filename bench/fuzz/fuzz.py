"""Fuzzes one target for a bounded time: `python bench/fuzz/fuzz.py TARGET [--seconds 60] [--plain] [--again FILE]`.

With atheris (`pip install atheris`) inputs are led by the code they reach; without it, or with --plain, seeds are
changed at random, letters and marks of Arabic among the changes. An input that breaks a law is written to out/fuzz/
and named, and the run ends with 1; `--again FILE` runs that one input. Findings become tests.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "tests")]
OUT = HERE.parents[1] / "out" / "fuzz"
SLOW = 20.0  # seconds of one input that are a finding
LARGEST = 20_000  # bytes of an input
PIECES = [
    *map(
        str.encode,
        (
            "<", ">", '"', "{", "[", "<!--", "</p>", "<svg>", "&#x110000;", "&lt;", "\0", "\u202e", "\u0640", "\u064b",
            "\u0651", "\u200f", "\ufeff", "،", "؛", "«", "»", "(", ")", "-", "\n", ".", "…", " و", "ال", "لل", " لم ",
            " سوف ", " قال ", " إن ", " ضد ", "٣", "2024-02-30", "أمس", "شباط", "رجب 1445", "😀", "a" * 300, "و" * 300,
            " OR ", "*", "NEAR(",
        ),
    ),
    b"\xff", b"\xed\xa0\x80", b"\xc3", b"\x1f\x8b", b"WARC/1.0\r\n", b"PAR1",
]  # fmt: skip


def mutated(draw: random.Random, seeds: list[bytes]) -> bytes:
    """A seed with some changes: bytes altered, cut out, doubled, pieces put in, halves of two seeds joined."""
    data = bytearray(draw.choice(seeds))
    for _ in range(draw.choice((1, 2, 4, 16, 64))):
        at, kind = draw.randrange(len(data) + 1), draw.randrange(6)
        if kind == 0 and at < len(data):
            data[at] = draw.randrange(256)
        elif kind == 1:
            del data[at : at + draw.randrange(60)]
        elif kind == 2:
            data[at:at] = data[at : at + draw.randrange(200)]
        elif kind == 3:
            other = draw.choice(seeds)
            data[at:] = other[draw.randrange(len(other) + 1) :]
        else:
            data[at:at] = draw.choice(PIECES)
    return bytes(data[:LARGEST])


def plain(name: str, seconds: float, seed: int) -> int:
    """Random changes for so many seconds; 1 where a law was broken, or an input takes too long."""
    import targets

    target, seeds, draw = targets.TARGETS[name](), list(targets.seeds(name)), random.Random(seed)
    until, tried, slowest = time.monotonic() + seconds, 0, 0.0
    while time.monotonic() < until:
        data = seeds[tried] if tried < len(seeds) else mutated(draw, seeds)
        began = time.process_time()
        try:
            target(data)
        except Exception:
            traceback.print_exc()
            print(f"{name}: input {tried + 1} breaks a law: {kept(name, data)}")
            return 1
        slowest, tried = max(slowest, time.process_time() - began), tried + 1
        if slowest > SLOW:
            print(f"{name}: {slowest:.0f} s for {kept(name, data)}")
            return 1
    print(f"{name}: {tried} inputs tried, none breaks a law; slowest {slowest:.1f} s of processor time")
    return 0


def kept(name: str, data: bytes) -> Path:
    """Writes an input to out/fuzz/."""
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
    path.write_bytes(data)
    return path


def led(name: str, seconds: float) -> None:
    """The same with atheris, which does not come back: its last line tells how many inputs were run."""
    import atheris

    with atheris.instrument_imports(include=["waqai"]):
        import targets

        target = targets.TARGETS[name]()
    OUT.mkdir(parents=True, exist_ok=True)
    corpus = tempfile.mkdtemp()
    for number, data in enumerate(targets.seeds(name)):
        Path(corpus, f"{number:04}").write_bytes(data)
    bounds = f"-max_total_time={seconds:.0f} -timeout=120 -max_len={LARGEST} -rss_limit_mb=4096 -print_final_stats=1"
    atheris.Setup([sys.argv[0], *bounds.split(), f"-artifact_prefix={OUT}{os.sep}{name}-", corpus], target)
    atheris.Fuzz()


def main() -> None:
    """Runs what the options ask for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("target", choices=("reader", "dates", "words", "coder", "query"))
    ask.add_argument("--seconds", type=float, default=60)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--plain", action="store_true", help="without atheris")
    ask.add_argument("--again", type=Path, help="run this one input")
    given = ask.parse_args()
    logging.disable(logging.CRITICAL)
    if given.again:
        import targets

        targets.TARGETS[given.target]()(given.again.read_bytes())
        return
    if not given.plain:
        try:
            led(given.target, given.seconds)
        except ImportError:
            print("atheris is not installed: random changes instead", file=sys.stderr)
    sys.exit(plain(given.target, given.seconds, given.seed))


if __name__ == "__main__":
    main()
