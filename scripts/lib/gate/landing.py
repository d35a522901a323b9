"""What lies in the folder where loaders land, and the copies of it that are examined."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

from scripts.lib.gate.manifest import DATA, sha256_of
from scripts.lib.gate.records import LandedFile
from scripts.lib.raw_files import FORMATS, find_table
from scripts.lib.source_contract import ContractTable


@dataclass
class Landing:
    """The files of one system, by the contract's tables."""

    system: str
    folder: Path
    files: list[LandedFile] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    doubled: dict[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> set[str]:
        """The tables that are there."""
        return {file.table for file in self.files}


def look(folder: Path, system: str, tables: list[ContractTable], preferred: str) -> Landing:
    """Find the files that staging would read, and those that it would not."""
    landing = Landing(system, folder)
    for table in tables:
        names = (table.table, *table.identifiers)
        found = find_table(folder, system, names, preferred)
        if found is None:
            continue
        paths = sorted(found.path.glob("*.parquet")) if found.path.is_dir() else [found.path]
        for path in paths:
            status = path.stat()
            landing.files.append(
                LandedFile(
                    system,
                    table.table,
                    path.relative_to(folder).as_posix(),
                    path,
                    status.st_size,
                    status.st_mtime_ns,
                )
            )
        others = _other_formats(folder, names) - {found.path.name}
        if others:
            landing.doubled[table.table] = found.path.name
    known = {name.lower() for table in tables for name in (table.table, *table.identifiers)}
    if folder.is_dir():
        landing.unread = [
            entry.name
            for entry in sorted(folder.iterdir())
            if (entry.is_dir() or entry.name.endswith(DATA))
            and not entry.name.startswith((".", "_"))
            and entry.name.split(".")[0].lower() not in known
        ]
    return landing


def _other_formats(folder: Path, names: tuple[str, ...]) -> set[str]:
    wanted = {name.lower() + suffix.rstrip("/") for name in names for suffix in FORMATS["parquet"]}
    return {
        entry.name
        for entry in folder.iterdir()
        if entry.name.lower() in wanted and (entry.is_file() or any(entry.glob("*.parquet")))
    }


def hashed(file: LandedFile) -> LandedFile:
    """The file with the hash of its bytes; raises OSError where it cannot be read."""
    return replace(file, sha256=sha256_of(file.path))


def copied(file: LandedFile, target: Path) -> bool:
    """Copy a file, and say whether the copy is what was hashed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file.path, target)
    return sha256_of(target) == file.sha256
