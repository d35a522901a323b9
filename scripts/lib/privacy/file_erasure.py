"""Erasure from everything that is neither raw nor a database: logs, artifacts, the journal."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Iterator
from pathlib import Path

from scripts.lib.privacy.raw_erasure import ERASED, MARK
from scripts.lib.privacy.subjects import pattern_of

TEXT_FILES = {
    ".json", ".jsonl", ".log", ".txt", ".sql", ".yml", ".yaml", ".csv", ".html", ".md", ".prom",
    ".gz", "",
}  # fmt: skip
SEARCHED_ELSEWHERE = {".parquet", ".duckdb"}


def other_files(folders: list[Path], handled: set[Path]) -> Iterator[Path]:
    """Every file below the folders that nothing else has dealt with."""
    seen: set[Path] = set()
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            is_mine = MARK not in path.name and path.suffix not in SEARCHED_ELSEWHERE
            if path in seen or path in handled or path.is_symlink() or not path.is_file():
                continue
            seen.add(path)
            if is_mine:
                yield path


def erase_other_file(path: Path, terms: list[str], *, dry_run: bool) -> int:
    """Blank the people in a text, or drop a file of another kind that names them; 1 where it did.

    A dropped file is one that a run makes again, like dbt's record of what it has parsed.
    """
    content = read_bytes(path)
    if not _names(content, terms):
        return 0
    if dry_run:
        return 1
    if path.suffix not in TEXT_FILES:
        path.unlink()
        return 1
    beside = path.with_name(f".{path.name}{MARK}")
    erased = re.sub(pattern_of(terms).encode(), ERASED.encode(), content)
    beside.write_bytes(gzip.compress(erased) if path.suffix == ".gz" else erased)
    os.chmod(beside, path.stat().st_mode & 0o777)
    os.replace(beside, path)
    return 1


def read_bytes(path: Path) -> bytes:
    """The content, unpacked where the name says that it is packed."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        try:
            return gzip.decompress(content)
        except OSError:
            return content
    return content


def holds(path: Path, terms: list[str]) -> bool:
    """Whether the bytes of a file still name anybody."""
    return _names(read_bytes(path), terms)


def _names(content: bytes, terms: list[str]) -> bool:
    """Plain search in small letters: many times as fast as an expression over a large log."""
    small = content.lower()
    return any(term.lower().encode() in small for term in terms)
