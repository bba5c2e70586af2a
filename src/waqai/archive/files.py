"""Files on local disk, and on S3, HDFS and what else Arrow reaches: opened, listed, and put in whole.

A path is local, or a URI such as s3://bucket/key. Credentials are those of the environment (AWS_*, a role, libhdfs).
"""

from __future__ import annotations

import glob
import io
import os
import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import pyarrow as arrow
from pyarrow import fs

from waqai.errors import ArchiveError

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SAME = {"s3a://": "s3://", "s3n://": "s3://", "gs://": "gs://"}  # Hadoop's names and Arrow's
_WHOLE_AT_ONCE = ("s3://", "gs://")  # an object is there when its stream is closed, and not before
_HIDDEN = (".", "_")


def plain(path: str) -> str:
    """A path as it is known by: local ones absolute and without "file:", whoever names them."""
    if path.startswith("file:"):
        path = "/" + path.removeprefix("file:").lstrip("/")
    return path if _SCHEME.match(path) else os.path.abspath(path)  # noqa: PTH100 - it must not follow links


def is_local(path: str) -> bool:
    """Whether a path is one of this machine's."""
    return not _SCHEME.match(path)


def opened(path: str) -> io.BufferedReader[Any]:
    """The file, opened for reading and seeking. Raises OSError where it cannot be."""
    if is_local(path):
        return Path(path).open("rb")
    system, name = _located(path)
    return io.BufferedReader(cast(Any, system.open_input_file(name)), 1 << 20)


def read(path: str) -> bytes:
    """The whole of a small file. Raises OSError."""
    with opened(path) as stream:
        return stream.read()


def exists(path: str) -> bool:
    """Whether a file is there. Raises OSError where nobody can tell."""
    if is_local(path):
        return Path(path).is_file()
    system, name = _located(path)
    return bool(system.get_file_info(name).type == fs.FileType.File)


def put(path: str, body: bytes) -> None:
    """Writes a file so that whoever looks sees the whole of it or nothing, also after a kill. Raises OSError."""
    if is_local(path):
        _put_local(Path(path), body)
        return
    system, name = _located(path)
    folder, _, base = name.rpartition("/")
    if path.startswith(_WHOLE_AT_ONCE):
        _write(system, name, body)
        return
    system.create_dir(folder, recursive=True)
    draft = f"{folder}/.{base}.{uuid.uuid4().hex[:8]}"
    _write(system, draft, body)
    system.move(draft, name)


def names(folder: str) -> list[str]:
    """The names of the files in a folder, in order, hidden ones left out; none where there is no such folder."""
    if is_local(folder):
        found = [path.name for path in Path(folder).iterdir() if path.is_file()] if Path(folder).is_dir() else []
    else:
        system, name = _located(folder)
        infos = system.get_file_info(fs.FileSelector(name, allow_not_found=True))
        found = [info.base_name for info in infos if info.type == fs.FileType.File]
    return sorted(name for name in found if not name.startswith(_HIDDEN))


def below(folder: str, suffix: str) -> list[str]:
    """The files below a folder whose names end with `suffix`, hidden ones left out, as paths from the folder on."""
    try:
        found = list(listed(folder))
    except ArchiveError:
        return []
    root = plain(folder).rstrip("/") + "/"
    return [path.removeprefix(root) for path, _ in found if path.endswith(suffix)]


def dataset(folder: str, paths: Sequence[str], partitions: Sequence[tuple[str, Any]]) -> Any:
    """Parquet files below a folder as one Arrow dataset, partitioned as Hive does."""
    from pyarrow import dataset as datasets

    system, name = _located(folder)
    names = [f"{name}/{path}" for path in paths]
    parted = datasets.partitioning(arrow.schema(partitions), flavor="hive")
    return datasets.dataset(names, filesystem=system, format="parquet", partitioning=parted)


def listed(path: str) -> Iterator[tuple[str, int]]:
    """Path and bytes of a file, of each file in and below a folder, or, locally, of what a pattern matches; in order.

    Names that begin with a dot or an underscore are left out, as Spark leaves them out. Raises ArchiveError where
    there is nothing.
    """
    found = list(_listed_local(plain(path)) if is_local(plain(path)) else _listed_far(path))
    if not found:
        raise ArchiveError(f"{path}: no such file, and no folder with files in it (check --in)")
    yield from sorted(found)


def _listed_local(path: str) -> Iterator[tuple[str, int]]:
    for match in [path] if Path(path).exists() else glob.glob(path):  # noqa: PTH207 - the pattern is absolute
        if Path(match).is_file():
            yield match, Path(match).stat().st_size
            continue
        for root, folders, found in os.walk(match):
            folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
            yield from (
                (str(Path(root, name)), Path(root, name).stat().st_size)
                for name in found
                if not name.startswith(_HIDDEN)
            )


def _listed_far(path: str) -> Iterator[tuple[str, int]]:
    system, name = _located(path)
    info = system.get_file_info(name)
    if info.type == fs.FileType.File:
        yield path, info.size
        return
    scheme = path[: len(path) - len(path.split("://", 1)[1])]
    for found in system.get_file_info(fs.FileSelector(name, recursive=True, allow_not_found=True)):
        below = found.path.removeprefix(name).split("/")
        if found.type == fs.FileType.File and not any(part.startswith(_HIDDEN) for part in below):
            yield scheme + found.path, found.size


def _located(path: str) -> tuple[fs.FileSystem, str]:
    """The file system that holds a URI, and the file's name there."""
    scheme = path[: path.index("://") + 3]
    authority, _, name = path[len(scheme) :].partition("/")
    root = f"{_SAME.get(scheme, scheme)}{authority}"
    system, prefix = _system(root)
    return system, f"{prefix.rstrip('/')}/{name}"


@lru_cache(maxsize=64)
def _system(root: str) -> tuple[fs.FileSystem, str]:
    try:
        return cast("tuple[fs.FileSystem, str]", fs.FileSystem.from_uri(root))
    except (OSError, ValueError) as error:
        raise ArchiveError(f"{root}: cannot be reached: {error}") from error


def _write(system: fs.FileSystem, name: str, body: bytes) -> None:
    with system.open_output_stream(name) as stream:
        stream.write(body)


def _put_local(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        with draft.open("wb") as stream:
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()  # on a full disk its bytes are missed
        raise OSError(error.errno, error.strerror, str(path)) from error
