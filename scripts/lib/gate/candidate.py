"""One system's export on its way through the gate: hashed, copied, read, judged by itself."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from scripts.lib.gate import landing as land
from scripts.lib.gate.config import FILE as CONFIG_FILE
from scripts.lib.gate.config import GateConfig
from scripts.lib.gate.history import History
from scripts.lib.gate.intake import Accepted, damaged_copies
from scripts.lib.gate.judged import EXPORT, Judged
from scripts.lib.gate.manifest import NAME, Entry, read_manifest
from scripts.lib.gate.merge import merged_partitions, merged_profile
from scripts.lib.gate.profile import first_rows, profile_file
from scripts.lib.gate.reader import Reader
from scripts.lib.gate.records import (
    BLOCK,
    GateFinding,
    LandedFile,
    Partitions,
    TableProfile,
)
from scripts.lib.gate.relations import Content
from scripts.lib.gate.row_rules import passes
from scripts.lib.gate.rules import judge
from scripts.lib.gate.schema_rules import column_findings
from scripts.lib.gate.staging_sql import literal
from scripts.lib.raw_files import RawTable
from scripts.lib.source_contract import ContractTable

# Bytes that nobody wrote on purpose are not handed to a reader.
DAMAGED = ("checksum", "bit_rot", "changed_while_read")


@dataclass
class Candidate:
    """What a run knows of one system."""

    system: str
    tables: list[ContractTable]
    accepted: Accepted | None
    config: GateConfig
    landing: land.Landing
    damaged: list[str] = field(default_factory=list)
    files: dict[str, LandedFile] = field(default_factory=dict)
    changed: dict[str, Path] = field(default_factory=dict)
    columnar: dict[str, Path] = field(default_factory=dict)
    profiles: dict[str, TableProfile] = field(default_factory=dict)
    partitions: dict[str, Partitions] = field(default_factory=dict)
    findings: list[GateFinding] = field(default_factory=list)
    overwritten: list[pl.DataFrame] = field(default_factory=list)  # keys with their first load

    @property
    def is_blocked(self) -> bool:
        """Whether any rule keeps the system as it was."""
        return any(finding.action == BLOCK for finding in self.findings)

    @property
    def is_landed(self) -> bool:
        """Whether there is an export at all."""
        return bool(self.landing.files)

    @property
    def has_changed(self) -> bool:
        """Whether the export differs from the accepted one."""
        return (
            bool(self.changed)
            or self.accepted is None
            or set(self.files) != set(self.accepted.files)
        )

    @property
    def changed_tables(self) -> list[str]:
        """The tables of which any file came, changed or went."""
        before = self.accepted.files if self.accepted else {}
        tables = {self.files[relative].table for relative in self.changed}
        tables |= {before[relative].table for relative in set(before) - set(self.files)}
        return sorted(tables)

    def contract(self, table: str) -> ContractTable:
        """The contract of one of the system's tables."""
        return next(entry for entry in self.tables if entry.table == table)

    def note(
        self,
        rule_id: str,
        message: str,
        advice: str,
        *,
        table: str | None = None,
        file: str | None = None,
    ) -> None:
        """Add a finding about a file or the whole system."""
        rule = self.config.rule(rule_id, f"{self.system}.{table}" if table else None)
        self.findings.append(
            GateFinding(
                rule_id, rule.action, self.system, table, None, file, 0, (), message, advice
            )
        )

    def source_of(self, relative: str) -> Path:
        """Where the examined bytes of a file are."""
        if relative in self.changed:
            return self.changed[relative]
        assert self.accepted is not None
        return self.accepted.files[relative].path

    def content(self, table: str) -> Content | None:
        """The rows of a table in this export."""
        paths = [
            self.columnar.get(name) or self.source_of(name)
            for name, file in self.files.items()
            if file.table == table
        ]
        return Content(self.contract(table), tuple(sorted(paths))) if paths else None

    def accepted_content(self, table: str) -> Content | None:
        """The rows of a table as they were last accepted."""
        files = self.accepted.files.values() if self.accepted else ()
        if any(file.table == table and file.relative in self.damaged for file in files):
            return None
        paths = [file.path for file in files if file.table == table]
        return Content(self.contract(table), tuple(sorted(paths))) if paths else None


def examine_files(candidate: Candidate, incoming: Path) -> None:
    """Hash every landed file, compare it with its manifest, and copy what is new."""
    if candidate.accepted:
        candidate.damaged = damaged_copies(candidate.accepted)
    if not candidate.is_landed:
        return
    landing = candidate.landing
    for table, used in landing.doubled.items():
        name = f"{candidate.system}.{table}"
        message = f"{name} is there in several formats; only {used} is read"
        candidate.note("two_files", message, "Remove the other file", table=table, file=used)
    for name in landing.unread:
        message = f"a file of {candidate.system} belongs to no table of the contract"
        candidate.note("unknown_file", message, "Correct its name, or remove it", file=name)
    manifest = _manifest(candidate)
    for file in landing.files:
        try:
            _examine_file(candidate, land.hashed(file), manifest, incoming)
        except OSError as error:
            _unreadable(candidate, file, error.strerror or "it cannot be opened")
    _missing(candidate, manifest)


def _manifest(candidate: Candidate) -> dict[str, Entry] | None:
    try:
        return read_manifest(candidate.landing.folder)
    except (ValueError, OSError):
        message = f"the manifest of {candidate.system} cannot be read"
        candidate.note("checksum", message, "Write the manifest again, last of all", file=NAME)
        return None


def _examine_file(
    candidate: Candidate, file: LandedFile, manifest: dict[str, Entry] | None, incoming: Path
) -> None:
    name = f"{candidate.system}.{file.table}"
    accepted = candidate.accepted.files.get(file.relative) if candidate.accepted else None
    candidate.files[file.relative] = file
    twin = next(
        (
            other.relative
            for other in candidate.files.values()
            if other.table == file.table
            and other.sha256 == file.sha256
            and other.relative != file.relative
        ),
        None,
    )
    if twin:
        message = f"two files of {name} are the same, byte for byte"
        _note(candidate, "same_file_twice", file, message, "Remove one of the two")
    if manifest is not None and file.relative not in manifest:
        message = f"a file of {name} is not in the manifest"
        _note(candidate, "checksum", file, message, "Write the manifest after all files")
    elif manifest is not None and manifest[file.relative].sha256 != file.sha256:
        message = f"a file of {name} is not the one that the manifest names (sha256 differs)"
        _note(candidate, "checksum", file, message, EXPORT)
    if accepted and accepted.sha256 == file.sha256 and file.relative not in candidate.damaged:
        return
    if accepted and accepted.sha256 == file.sha256:
        message = f"the accepted copy of {name} was damaged; it is restored from the export"
        _note(candidate, "accepted_copy", file, message, "Check the disk of the state folder")
    elif accepted and (accepted.size, accepted.modified) == (file.size, file.modified):
        message = f"the content of {name} has changed, but neither its size nor its time has"
        _note(candidate, "bit_rot", file, message, f"Check the disk. {EXPORT}")
    target = incoming / candidate.system / file.relative
    if not land.copied(file, target):
        message = f"a file of {name} changed while it was read"
        advice = "Move finished files into the folder; the next run takes them"
        _note(candidate, "changed_while_read", file, message, advice)
    candidate.changed[file.relative] = target


def _note(candidate: Candidate, rule: str, file: LandedFile, message: str, advice: str) -> None:
    candidate.note(rule, message, advice, table=file.table, file=file.relative)


def _unreadable(candidate: Candidate, file: LandedFile, reason: str) -> None:
    message = f"{candidate.system}.{file.table} cannot be read: {reason}"
    _note(candidate, "unreadable", file, message, EXPORT)


def _missing(candidate: Candidate, manifest: dict[str, Entry] | None) -> None:
    expected = candidate.accepted.tables if candidate.accepted else set()
    required = {table.table for table in candidate.tables if table.is_required}
    for table in sorted((expected | required) - candidate.landing.tables):
        message = f"{candidate.system}.{table} is missing; it was there before"
        if table not in expected:
            message = f"the required table {candidate.system}.{table} is missing"
        advice = f"{EXPORT}. If it is given up for good, make that an override in {CONFIG_FILE}"
        candidate.note("file_missing", message, advice, table=table)
    for name in sorted(set(manifest or ()) - set(candidate.files)):
        if name.split(".")[0].split("/")[0] in {entry.table for entry in candidate.tables}:
            message = f"the manifest of {candidate.system} names a file that is not there"
            candidate.note("checksum", message, EXPORT, file=name)


def examine_tables(
    candidate: Candidate, connection: duckdb.DuckDBPyConnection, reader: Reader, history: History
) -> None:
    """Read what is new, and judge each changed table."""
    accepted = candidate.accepted
    for relative, file in candidate.files.items():
        if relative in candidate.changed:
            _profile(candidate, connection, reader, file)
        elif accepted:
            candidate.profiles[relative] = accepted.profiles[relative]
            candidate.partitions[relative] = accepted.partitions[relative]
    for table in candidate.changed_tables:
        judged = judged_table(candidate, reader, history, table)
        if judged is not None:
            candidate.findings += judge(judged)


def _profile(
    candidate: Candidate,
    connection: duckdb.DuckDBPyConnection,
    reader: Reader,
    file: LandedFile,
) -> None:
    table = candidate.contract(file.table)
    path = candidate.changed[file.relative]
    if file.size == 0:
        _unreadable(candidate, file, "it is an empty file (0 bytes)")
        return
    if any(row.file == file.relative and row.rule_id in DAMAGED for row in candidate.findings):
        return
    found = RawTable(file.system, file.table, path)
    try:
        if path.suffix != ".parquet":
            found = _columnar(candidate, connection, found, file.relative)
        profile, partitions, plan = profile_file(connection, reader, table, found, file)
    except duckdb.Error:
        # The engine's words may hold values of the file.
        _unreadable(candidate, file, "it is damaged, cut off or in another format")
        return
    candidate.findings += column_findings(
        candidate.config, table, profile.raw_columns, file.relative
    )
    manifest = _rows_of_manifest(candidate, file)
    if manifest is not None and manifest != profile.rows:
        message = f"{table.name} has {profile.rows:,} rows, and its manifest says {manifest:,}"
        _note(candidate, "checksum", file, message, EXPORT)
    for key, check in profile.checks.items():
        rule = candidate.config.rule(key.partition("|")[0], table.name, key.partition("|")[2])
        if check.bad and (passes(rule, check) or check.share > rule.limit("notice")):
            check.first_rows = first_rows(connection, plan, found.relation, key)
    candidate.profiles[file.relative] = profile
    candidate.partitions[file.relative] = partitions


def _columnar(
    candidate: Candidate, connection: duckdb.DuckDBPyConnection, found: RawTable, relative: str
) -> RawTable:
    """A text file as columns of text, because it is read several times."""
    target = found.path.with_name(found.path.name + ".columns.parquet")
    copy = f"copy (select * from {found.relation}) to {literal(str(target))} (format parquet)"
    connection.execute(copy)
    candidate.columnar[relative] = target
    return RawTable(found.system, found.table, target)


def _rows_of_manifest(candidate: Candidate, file: LandedFile) -> int | None:
    try:
        entries = read_manifest(candidate.landing.folder) or {}
    except (ValueError, OSError):
        return None
    return entries[file.relative].rows if file.relative in entries else None


def table_profile(
    profiles: dict[str, TableProfile], files: dict[str, LandedFile], table: str
) -> TableProfile | None:
    """The profile of a table from those of its files."""
    parts = [
        profiles[relative]
        for relative, file in sorted(files.items())
        if file.table == table and relative in profiles
    ]
    return merged_profile(parts) if parts else None


def table_partitions(
    partitions: dict[str, Partitions], files: dict[str, LandedFile], table: str
) -> Partitions:
    """The days of a table from those of its files."""
    return merged_partitions(
        partitions[relative]
        for relative, file in files.items()
        if file.table == table and relative in partitions
    )


def judged_table(
    candidate: Candidate, reader: Reader, history: History, table: str
) -> Judged | None:
    """A table with all that it is compared with."""
    profile = table_profile(candidate.profiles, candidate.files, table)
    if profile is None:
        return None
    accepted = candidate.accepted
    same_reading = accepted is not None and accepted.fingerprint == fingerprint(candidate.tables)
    contract = candidate.contract(table)
    return Judged(
        config=candidate.config,
        table=contract,
        profile=profile,
        partitions=table_partitions(candidate.partitions, candidate.files, table),
        accepted=table_profile(accepted.profiles, accepted.files, table) if accepted else None,
        accepted_partitions=(
            table_partitions(accepted.partitions, accepted.files, table)
            if accepted and same_reading
            else {}
        ),
        history=history.get(contract.name, []),
        as_of=reader.as_of,
        reference=reader.reference,
    )


def fingerprint(tables: list[ContractTable]) -> str:
    """What the hashes of days depend on beside the data: the engine and the columns."""
    columns = {table.table: [column.name for column in table.columns] for table in tables}
    return f"{duckdb.__version__} {json.dumps(columns, sort_keys=True)}"
