"""`health erase`: people go from every file that a run reads, keeps or writes.

New files are written beside the old ones first, and take their places when all of them are there.
A run that is killed in between has erased whole files only; the next one does the rest.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import duckdb
import polars as pl

from scripts.lib.console import HealthError
from scripts.lib.gate.intake import RECORD
from scripts.lib.gate.manifest import DATA, sha256_of
from scripts.lib.gate.manifest import NAME as MANIFEST
from scripts.lib.locking import held
from scripts.lib.privacy.database_erasure import DatabaseErasure, erase_database
from scripts.lib.privacy.file_erasure import erase_other_file, holds, other_files
from scripts.lib.privacy.key import read_key
from scripts.lib.privacy.raw_erasure import LANDED, MARK, FileErasure, erase_file
from scripts.lib.privacy.subjects import Subjects, expand
from scripts.lib.refresh.journal import append
from scripts.lib.refresh.places import Places
from scripts.lib.refresh.publishing import STORAGE_VERSION
from scripts.lib.refresh.run import stamp, utc_now
from scripts.lib.settings import Settings
from scripts.lib.source_contract import ContractTable, SourceContract

ERASED_RUN = "erased"
LIST = "erased_subjects.parquet"
SCORES = "text_sentiment.parquet"
BUSY = "A refresh, a build, a simulation or another erasure is running."
# Folders beside a warehouse for what is at work.
SCRATCH = ("building", "simulating", "spill")


@dataclass
class Erasure:
    """What was erased, in counts alone."""

    run_id: str
    dry_run: bool
    subjects: int
    keys: int = 0
    files: int = 0
    rows_removed: int = 0
    values_blanked: int = 0
    databases: int = 0
    database_rows_removed: int = 0
    database_values_blanked: int = 0
    other_files: int = 0
    remaining: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """The counts for a machine."""
        return asdict(self)


@dataclass
class Work:
    """One erasure under way."""

    settings: Settings
    places: Places
    subjects: Subjects
    result: Erasure
    connection: duckdb.DuckDBPyConnection
    files: list[FileErasure] = field(default_factory=list)
    copies: list[DatabaseErasure] = field(default_factory=list)
    contracts: dict[Path, SourceContract] = field(default_factory=dict)

    @property
    def raw_dirs(self) -> list[Path]:
        """Where loaders land, and the copies that passed the gate."""
        return [self.settings.raw_dir, self.places.accepted_dir]

    @property
    def derived_dirs(self) -> list[Path]:
        """What is computed before the SQL graph, for a build by hand and for a refresh."""
        return [self.settings.derived_dir, self.places.derived_dir]

    @property
    def databases(self) -> list[tuple[Path, str | None]]:
        """Every database file, with the storage version that its readers need."""
        found: list[tuple[Path, str | None]] = [
            (path, None)
            for path in (self.settings.database, self.places.database)
            if path.is_file()
        ]
        versions = sorted(self.places.versions.glob("*.duckdb"))
        return found + [(path, STORAGE_VERSION) for path in versions]

    @property
    def folders(self) -> list[Path]:
        """Everything that holds what runs have written; nothing else is searched."""
        root = self.settings.root
        dbt = [root / os.environ.get("DBT_TARGET_PATH", "target")]
        dbt += [root / os.environ.get("DBT_LOG_PATH", "logs")]
        state = [self.places.state_dir, self.places.published_dir]
        return [*dbt, *state, *self.raw_dirs, *self.derived_dirs]

    @property
    def scratch(self) -> list[Path]:
        """What a run leaves behind only when it is killed."""
        spill = os.environ.get("HEALTH_TEMP_DIR")
        parents = [self.settings.database.parent, self.places.state_dir]
        folders = [parent / name for parent in parents for name in SCRATCH]
        return [*folders, self.places.state_dir / "incoming", *([Path(spill)] if spill else [])]


def erase(
    settings: Settings, places: Places, subjects: Subjects, *, dry_run: bool = False
) -> Erasure:
    """Erase the people of the list; what is still found afterwards stands in `remaining`."""
    key = read_key(settings.root)
    started = utc_now()
    run_id = f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
    result = Erasure(run_id, dry_run, subjects.count)
    with (
        held(places.lock_file, BUSY),
        held(settings.building.parent / ".lock", BUSY),
        held(settings.database.parent / "simulating" / ".lock", BUSY),
        duckdb.connect(config={"threads": int(os.environ.get("HEALTH_THREADS", "2"))}) as database,
    ):
        work = Work(settings, places, subjects, result, database)
        try:
            _sweep(work)
            _follow(work)
            result.keys = len(subjects.hashes(key))
            if not dry_run:
                # First of all, so that no build from now on takes the people in again.
                _write_lists(work, subjects.hashes(key))
            _write_beside(work, key)
            if not dry_run:
                _adopt(work)
            _erase_other_files(work)
            if not dry_run:
                result.remaining = sorted(_remaining(work))
                append(places.journal, _entry(result, stamp(started), stamp(utc_now())))
        except (OSError, duckdb.Error) as error:
            raise HealthError(
                f"The erasure was not finished: {type(error).__name__}. Every file is either as it"
                " was or erased as a whole.",
                "Check the disk's space and the folders' rights, and run it again.",
            ) from None
        finally:
            _sweep(work)
    return result


def _sweep(work: Work) -> None:
    """Remove what an interrupted erasure has left beside the files."""
    beside = [f".{work.settings.database.name}{MARK}*", f"{MARK}-spill"]
    for pattern in beside if work.settings.database.parent.is_dir() else ():
        for leftover in work.settings.database.parent.glob(pattern):
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    for folder in work.folders:
        for leftover in folder.rglob(f".*{MARK}*") if folder.is_dir() else ():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


def _follow(work: Work) -> None:
    """All keys by which the people are known in the files of any folder."""
    before = -1
    while before != (before := sum(map(len, work.subjects.values.values()))):
        for folder in work.raw_dirs:
            contract = _contract(work, folder)
            found = [(table, contract.find(table)) for table in contract.tables]
            expand(work.connection, work.subjects, [(t, raw) for t, raw in found if raw])


def _contract(work: Work, folder: Path) -> SourceContract:
    if folder not in work.contracts:
        work.contracts[folder] = SourceContract(replace(work.settings, raw_dir=folder))
    return work.contracts[folder]


def _write_beside(work: Work, key: bytes) -> None:
    result, dry_run = work.result, work.result.dry_run
    for folder in work.raw_dirs:
        for path, table in _data_files(_contract(work, folder), folder):
            # The landed file must differ from the accepted one for the gate to see the change.
            note = f"{result.run_id}-{LANDED if folder == work.settings.raw_dir else 'accepted'}"
            erased = erase_file(
                work.connection, table, path, work.subjects, note=note, dry_run=dry_run
            )
            work.files.append(erased)
            result.files += bool(erased.rows_removed or erased.values_blanked)
            result.rows_removed += erased.rows_removed
            result.values_blanked += erased.values_blanked
    exact, terms = work.subjects.exact(key), work.subjects.terms
    for path, storage in work.databases:
        if storage is None:
            _settle(path)
        copy = erase_database(path, exact, terms, storage=storage, dry_run=dry_run)
        work.copies.append(copy)
        result.databases += 1
        result.database_rows_removed += copy.rows_removed
        result.database_values_blanked += copy.values_blanked


def _data_files(
    contract: SourceContract, folder: Path
) -> Iterator[tuple[Path, ContractTable | None]]:
    tables: dict[Path, ContractTable] = {}
    for table in contract.tables:
        found = contract.find(table)
        if found is not None:
            paths = found.path.glob("*.parquet") if found.path.is_dir() else [found.path]
            tables.update(dict.fromkeys(paths, table))
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and path.name.endswith(DATA) and path.stat().st_size:
            yield path, tables.get(path) or _namesake(contract, folder, path)


def _namesake(contract: SourceContract, folder: Path, path: Path) -> ContractTable | None:
    """The table of a file that is there in a second format, which no build reads."""
    system, name = path.relative_to(folder).parts[0], path.name.split(".")[0].lower()
    for table in contract.tables:
        if table.system == system and name in {table.table, *table.identifiers}:
            return table
    return None


def _settle(path: Path) -> None:
    """Bring what a killed writer has left in the log beside the file into the file."""
    if path.with_name(path.name + ".wal").exists():
        with duckdb.connect(str(path)) as connection:
            connection.execute("checkpoint")


def _write_lists(work: Work, hashes: list[tuple[str, str]]) -> None:
    """Add to the erasure lists that staging reads, and forget the scores of their texts."""
    for folder in work.derived_dirs:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / LIST
        rows = pl.DataFrame(
            hashes, schema={"kind": pl.String(), "subject_hash": pl.String()}, orient="row"
        )
        if path.exists():
            rows = pl.concat([pl.read_parquet(path), rows])
        _replace(path, rows.unique().sort("kind", "subject_hash"))


def _replace(path: Path, rows: pl.DataFrame) -> None:
    beside = path.with_name(f".{path.name}{MARK}")
    rows.write_parquet(beside, statistics=False)
    os.replace(beside, path)


def _adopt(work: Work) -> None:
    """Put every new file in its place."""
    for erased in work.files:
        if erased.beside is not None:
            os.replace(erased.beside, erased.path)
    for copy in work.copies:
        if copy.beside is not None:
            os.chmod(copy.beside, copy.path.stat().st_mode & 0o777)
            os.replace(copy.beside, copy.path)
    for folder in work.derived_dirs:
        path = folder / SCORES
        if path.exists() and work.subjects.text_hashes:
            rows = pl.read_parquet(path)
            _replace(path, rows.filter(~pl.col("text_hash").is_in(work.subjects.text_hashes)))
    _correct_manifests(work)
    for folder in work.scratch:
        for entry in folder.glob("*") if folder.is_dir() else ():
            if entry.name != ".lock":
                is_folder = entry.is_dir() and not entry.is_symlink()
                shutil.rmtree(entry) if is_folder else entry.unlink()


def _correct_manifests(work: Work) -> None:
    """Say in the records beside the files what they now are.

    The days of an accepted table stay as they were, so that the gate finds the days that changed.
    """
    changed = {erased.path: erased for erased in work.files if erased.beside is not None}
    for folder in work.raw_dirs:
        for record in [*folder.glob(f"*/{MANIFEST}"), *folder.glob(f"*/{RECORD}")]:
            document = json.loads(record.read_text(encoding="utf-8"))
            for relative, entry in document["files"].items():
                path = record.parent / relative
                if path in changed:
                    entry["sha256"] = sha256_of(path)
                    if "rows" in entry:
                        entry["rows"] = changed[path].rows_left
                    if "size" in entry:
                        entry["size"] = path.stat().st_size
            _write_json(record, document)
    summary = work.places.accepted_dir / "manifest.json"
    if summary.exists():
        document = json.loads(summary.read_text(encoding="utf-8"))
        for system, entry in document.items():
            for relative in entry["files"]:
                path = work.places.accepted_dir / system / relative
                if path in changed:
                    entry["files"][relative] = sha256_of(path)
        _write_json(summary, document)


def _write_json(path: Path, document: object) -> None:
    beside = path.with_name(f".{path.name}{MARK}")
    beside.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    os.replace(beside, path)


def _erase_other_files(work: Work) -> None:
    handled = {erased.path for erased in work.files}
    terms = work.subjects.terms
    for path in other_files(work.folders, handled):
        with contextlib.suppress(FileNotFoundError):
            work.result.other_files += erase_other_file(path, terms, dry_run=work.result.dry_run)


def _remaining(work: Work) -> Iterator[str]:
    """The files in which the people are found after all."""
    for folder in work.raw_dirs:
        for path, table in _data_files(_contract(work, folder), folder):
            again = erase_file(work.connection, table, path, work.subjects, note="", dry_run=True)
            if again.rows_removed or again.values_blanked:
                yield str(path)
    exact, terms = work.subjects.exact(read_key(work.settings.root)), work.subjects.terms
    for path, storage in work.databases:
        copy = erase_database(path, exact, terms, storage=storage, dry_run=True)
        if copy.rows_removed or copy.values_blanked:
            yield str(path)
    for path in other_files(work.folders, {erased.path for erased in work.files}):
        if holds(path, terms):
            yield str(path)


def _entry(result: Erasure, started_at: str, ended_at: str) -> dict[str, object]:
    counts = {name: value for name, value in result.as_dict().items() if name != "remaining"}
    return {
        **counts,
        "status": ERASED_RUN,
        "exit_code": 1 if result.remaining else 0,
        "files_remaining": len(result.remaining),
        "started_at": started_at,
        "ended_at": ended_at,
    }
