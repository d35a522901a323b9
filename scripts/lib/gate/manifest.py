"""`_manifest.json` beside the landed files of a system: what each file must be, to the byte."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

NAME = "_manifest.json"
DATA = (".parquet", ".csv", ".csv.gz")


@dataclass(frozen=True)
class Entry:
    """One file as its exporter wrote it."""

    sha256: str
    rows: int | None


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def write_manifests(raw_dir: Path, rows: dict[str, int] | None = None) -> None:
    """Write the manifest of every system; `rows` are counts by `system.table` where known."""
    for folder in sorted(path for path in raw_dir.iterdir() if path.is_dir()):
        write_manifest(folder, rows)


def write_manifest(folder: Path, rows: dict[str, int] | None = None) -> None:
    """Write the manifest of one system, whole or not at all."""
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.name.endswith(DATA) and not path.name.startswith(".")
    )
    entries = {}
    for path in files:
        relative = path.relative_to(folder).as_posix()
        entry: dict[str, str | int] = {"sha256": sha256_of(path)}
        count = (rows or {}).get(f"{folder.name}.{relative.split('.')[0]}")
        if count is not None:
            entry["rows"] = count
        entries[relative] = entry
    if entries:
        text = json.dumps({"files": entries}, indent=2, sort_keys=True)
        part = folder / f".{NAME}.part"
        part.write_text(text + "\n", encoding="utf-8")
        os.replace(part, folder / NAME)


def read_manifest(folder: Path) -> dict[str, Entry] | None:
    """The manifest of a system's folder; nothing when it has none. Raises ValueError."""
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {
            str(name): Entry(
                str(entry["sha256"]).lower(),
                int(entry["rows"]) if entry.get("rows") is not None else None,
            )
            for name, entry in files.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"{NAME} cannot be read") from error
