"""The source gate: what landed is examined, and what passes becomes what a build reads."""

from __future__ import annotations

import datetime as dt
import shutil

import duckdb
import polars as pl

from scripts.lib.console import EXIT_REFUSED, EXIT_STALE
from scripts.lib.gate.candidate import (
    Candidate,
    examine_files,
    examine_tables,
    fingerprint,
    table_partitions,
    table_profile,
)
from scripts.lib.gate.config import GateConfig, read_config
from scripts.lib.gate.first_loads import keep_first_loads, overwritten
from scripts.lib.gate.history import add_history, read_history
from scripts.lib.gate.incidents import read_incidents, update_incidents, write_incidents
from scripts.lib.gate.intake import (
    Accepted,
    adopt,
    incoming_dir,
    read_accepted,
    recover,
    write_summary,
)
from scripts.lib.gate.judged import EXPORT
from scripts.lib.gate.landing import look
from scripts.lib.gate.reader import Reader, make_reader
from scripts.lib.gate.records import (
    ABSENT,
    ACCEPTED,
    CARRIED,
    NEW,
    WARN,
    GateFinding,
    GateRefusedError,
    GateResult,
    LandedFile,
    SourceDecision,
    TableProfile,
)
from scripts.lib.gate.relations import Content, lost_keys, orphans
from scripts.lib.gate.row_rules import passes
from scripts.lib.gate.shift_rules import changed_days
from scripts.lib.raw_files import source_format
from scripts.lib.refresh.places import Places
from scripts.lib.settings import Settings
from scripts.lib.source_contract import ContractTable, SourceContract

__all__ = ["GateRefusedError", "GateResult", "run_gate"]

DERIVED = "derived"
# Below this size of new files, a second thread costs more than it saves: 22 % of the CPU time.
SMALL = 200_000_000
Candidates = dict[str, Candidate]


def run_gate(
    settings: Settings, places: Places, run_id: str, as_of: dt.date, started_at: dt.datetime
) -> GateResult:
    """Examine every landed system and take in those that pass.

    Raises GateRefusedError with exit code 1 where nothing can be scored (a required table is not
    there and none is carried, or an accepted file is damaged) and 3 where a required source is too
    old; nothing is taken in then.
    """
    contract = SourceContract(settings)
    config = read_config(settings, contract.tables)
    tables = [table for table in contract.tables if table.system != DERIVED]
    reader = make_reader(settings, config, tables, as_of, started_at)
    recover(places)
    try:
        candidates = _candidates(settings, places, contract, config, tables)
        _examine(places, reader, candidates)
        _check_freshness(reader, candidates)
        return _conclude(places, reader, candidates, run_id)
    finally:
        shutil.rmtree(incoming_dir(places), ignore_errors=True)


def _candidates(
    settings: Settings,
    places: Places,
    contract: SourceContract,
    config: GateConfig,
    tables: list[ContractTable],
) -> Candidates:
    preferred = source_format(settings)
    candidates = {}
    for system in sorted({table.system for table in tables}):
        own = [table for table in tables if table.system == system]
        landing = look(contract.folder(own[0]), system, own, preferred)
        accepted = read_accepted(places, system)
        candidates[system] = Candidate(system, own, accepted, config, landing)
    return candidates


def _examine(places: Places, reader: Reader, candidates: Candidates) -> None:
    history = read_history(places.state_dir)
    incoming = incoming_dir(places)
    for candidate in candidates.values():
        examine_files(candidate, incoming)
        if not candidate.is_landed and candidate.accepted:
            message = f"{candidate.system} has no export any more; the last one is carried on"
            folder = places.accepted_dir / candidate.system
            advice = f"{EXPORT}. If it is given up for good, remove {folder}"
            candidate.note("file_missing", message, advice)
    new_bytes = sum(
        candidate.files[relative].size
        for candidate in candidates.values()
        for relative in candidate.changed
    )
    with _connect(places, new_bytes) as connection:
        for candidate in candidates.values():
            if candidate.is_landed and candidate.has_changed:
                examine_tables(candidate, connection, reader, history)
        _check_lost_keys(connection, reader, candidates)
        _check_relations(connection, reader, candidates)
        for candidate in candidates.values():
            if candidate.is_landed and not candidate.is_blocked:
                _find_overwritten(connection, reader, candidate)


def _find_overwritten(
    connection: duckdb.DuckDBPyConnection, reader: Reader, candidate: Candidate
) -> None:
    for table in candidate.changed_tables:
        gone = [
            file
            for relative, file in (candidate.accepted.files if candidate.accepted else {}).items()
            if file.table == table
            and (relative in candidate.changed or relative not in candidate.files)
        ]
        old, new = candidate.accepted_content(table), candidate.content(table)
        if gone and old and new and table in candidate.landing.tables:
            candidate.overwritten.append(overwritten(connection, reader, new, old))


def _connect(places: Places, new_bytes: int) -> duckdb.DuckDBPyConnection:
    """A connection that reads the copies and nothing else: exports are not trusted."""
    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
        }
    )
    connection.execute("set timezone = 'UTC'")
    if new_bytes < SMALL:
        connection.execute("set threads = 1")
    folders = ", ".join(
        "'" + str(folder).replace("'", "''") + "/'"
        for folder in (incoming_dir(places), places.accepted_dir)
    )
    spill = str(incoming_dir(places) / ".spill").replace("'", "''")
    connection.execute(f"set temp_directory = '{spill}'")
    connection.execute(f"set allowed_directories = [{folders}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _check_lost_keys(
    connection: duckdb.DuckDBPyConnection, reader: Reader, candidates: Candidates
) -> None:
    for name in reader.config.lasting_keys:
        system, _, table = name.partition(".")
        candidate = candidates[system]
        if table not in candidate.changed_tables or not _is_whole(candidate):
            continue
        new, old = candidate.content(table), candidate.accepted_content(table)
        check = lost_keys(connection, reader, new, old) if new and old else None
        rule = reader.config.rule("keys_lost", name)
        if check and passes(rule, check):
            message = (
                f"{check.bad:,} of {check.base:,} records of {name} have vanished"
                f" ({check.share:.2%}; limit {rule.limit('share'):.2%})"
            )
            advice = "Mark deleted records instead of removing them, or raise the limit"
            candidate.findings.append(
                GateFinding(
                    rule.rule_id, rule.action, system, table, None, None, check.bad, (),
                    message, advice,
                )
            )  # fmt: skip


def _is_whole(candidate: Candidate) -> bool:
    """Whether every file of the export could be read."""
    return candidate.is_landed and set(candidate.profiles) == set(candidate.files)


def _check_relations(
    connection: duckdb.DuckDBPyConnection, reader: Reader, candidates: Candidates
) -> None:
    for child_name, parent_name in reader.config.relations.items():
        child_system, child_table, column = child_name.split(".")
        parent_system, parent_table, parent_column = parent_name.split(".")
        child, parent = candidates[child_system], candidates[parent_system]
        is_new_child = child_table in child.changed_tables and _is_whole(child)
        is_new_parent = parent_table in parent.changed_tables and _is_whole(parent)
        if not is_new_child and not is_new_parent:
            continue
        children = _content(child, child_table, is_new_child)
        parents = _content(parent, parent_table, is_new_parent)
        if children is None or parents is None:
            continue
        check = orphans(connection, reader, children, column, parents, parent_column)
        if check is None or not check.bad:
            continue
        rule = reader.config.rule("orphan", f"{child_system}.{child_table}", column)
        acts = passes(rule, check)
        if not acts and check.share <= rule.limit("notice"):
            continue
        blamed, blamed_table = child, child_table
        if acts and is_new_parent and parent_system != child_system:
            before = _content(parent, parent_table, False)
            earlier = (
                orphans(connection, reader, children, column, before, parent_column)
                if before
                else None
            )
            if (earlier and not passes(rule, earlier)) or not is_new_child:
                blamed, blamed_table = parent, parent_table
        message = (
            f"column {column} of {child_system}.{child_table}: {check.bad:,} of {check.base:,}"
            f" values are not in {parent_name} ({check.share:.2%};"
            f" limit {rule.limit('share'):.2%})"
        )
        blamed.findings.append(
            GateFinding(
                rule.rule_id, rule.action if acts else WARN, blamed.system, blamed_table,
                column if blamed is child else parent_column, None, check.bad, (), message,
                "Export both tables from the same moment",
            )
        )  # fmt: skip


def _content(candidate: Candidate, table: str, is_new: bool) -> Content | None:
    return candidate.content(table) if is_new else candidate.accepted_content(table)


def _check_freshness(reader: Reader, candidates: Candidates) -> None:
    for system, candidate in candidates.items():
        profiles = _effective_profiles(candidate)
        loads = {
            profile.name: dt.datetime.fromisoformat(profile.max_loaded)
            for profile in profiles
            if profile.max_loaded
        }
        if not loads:
            continue
        limits: dict[str | None, float] = {None: reader.config.sources[system].max_age_hours}
        for override in reader.config.overrides:
            if override.rule == "freshness" and override.table in loads:
                limits[override.table] = float(override.limits["hours"])
        for name, hours in limits.items():
            newest = loads[name] if name else max(loads.values())
            age = (reader.reference - newest).total_seconds() / 3600
            if age <= hours:
                continue
            message = (
                f"the newest row of {name or system} is {age:,.0f} hours old (limit {hours:,.0f})"
            )
            table = name.partition(".")[2] if name else None
            candidate.note("freshness", message, "Check the loader of this source", table=table)


def _effective_profiles(candidate: Candidate) -> list[TableProfile]:
    """The profiles of the tables that a build would read after this run."""
    is_taken = candidate.is_landed and not candidate.is_blocked
    if is_taken and candidate.has_changed:
        profiles, files = candidate.profiles, candidate.files
    elif candidate.accepted:
        profiles, files = candidate.accepted.profiles, candidate.accepted.files
    else:
        return []
    found = (
        table_profile(profiles, files, table)
        for table in sorted({file.table for file in files.values()})
    )
    return [profile for profile in found if profile is not None]


def _conclude(places: Places, reader: Reader, candidates: Candidates, run_id: str) -> GateResult:
    decisions = {system: _decision(candidate) for system, candidate in candidates.items()}
    result = _result(candidates, decisions, run_id, reader, places)
    _refuse(reader, candidates, decisions, result)
    accepted = []
    for system, candidate in candidates.items():
        if decisions[system] in (ACCEPTED, NEW) and candidate.has_changed:
            upcoming = _upcoming(candidate, run_id)
            sources = {relative: candidate.source_of(relative) for relative in candidate.files}
            if candidate.overwritten:
                keep_first_loads(places.derived_dir, system, pl.concat(candidate.overwritten))
            adopt(places, upcoming, sources)
            accepted.append(upcoming)
        elif candidate.accepted:
            accepted.append(candidate.accepted)
    write_summary(places, accepted)
    profiles = [
        profile for profile in result.profiles if decisions[profile.system] in (ACCEPTED, NEW)
    ]
    add_history(places.state_dir, run_id, reader.as_of, profiles, read_history(places.state_dir))
    write_incidents(places, list(result.incidents))
    return result


def _decision(candidate: Candidate) -> str:
    if not candidate.is_landed or candidate.is_blocked:
        return CARRIED if candidate.accepted else ABSENT
    return ACCEPTED if candidate.accepted else NEW


def _upcoming(candidate: Candidate, run_id: str) -> Accepted:
    return Accepted(
        system=candidate.system,
        run_id=run_id,
        fingerprint=fingerprint(candidate.tables),
        files=candidate.files,
        profiles=candidate.profiles,
        partitions=candidate.partitions,
        findings=[row for row in candidate.findings if row.rule_id not in PASSING],
    )


# Findings about one run only; the others are told again while the same files are accepted.
PASSING = (
    "freshness",
    "file_missing",
    "changed_rows",
    "accepted_copy",
    "column_added",
    "column_gone",
    "type_changed",
)


def _result(
    candidates: Candidates,
    decisions: dict[str, str],
    run_id: str,
    reader: Reader,
    places: Places,
) -> GateResult:
    sources, profiles, files = [], [], []
    dates: dict[str, tuple[dt.date, ...]] = {}
    for system, candidate in candidates.items():
        taken = decisions[system] in (ACCEPTED, NEW)
        findings = list(candidate.findings)
        if candidate.accepted and not candidate.has_changed:
            findings += candidate.accepted.findings
        tables = candidate.changed_tables if taken else []
        sources.append(SourceDecision(system, decisions[system], tuple(tables), tuple(findings)))
        profiles += _effective_profiles(candidate)
        if taken:
            files += [f"{system}/{relative}" for relative in candidate.changed]
            dates |= {f"{system}.{table}": _changed_dates(candidate, table) for table in tables}
    found = [finding for source in sources for finding in source.findings]
    incidents = update_incidents(read_incidents(places), found, reader.as_of)
    return GateResult(
        run_id=run_id,
        sources=tuple(sources),
        findings=tuple(found),
        profiles=tuple(profiles),
        changed_files=tuple(files),
        changed_dates=dates,
        incidents=tuple(incidents),
    )


def _changed_dates(candidate: Candidate, table: str) -> tuple[dt.date, ...]:
    """The days of a table that differ from the accepted ones; all days of a new table."""
    accepted = candidate.accepted
    before: dict[str, LandedFile] = accepted.files if accepted else {}
    old = table_partitions(accepted.partitions, before, table) if accepted else {}
    if accepted and accepted.fingerprint != fingerprint(candidate.tables):
        old = {day: (-1, 0) for day in old}
    new = table_partitions(candidate.partitions, candidate.files, table)
    return tuple(changed_days(new, old))


def _refuse(
    reader: Reader, candidates: Candidates, decisions: dict[str, str], result: GateResult
) -> None:
    for system, candidate in candidates.items():
        reasons = [row for row in candidate.findings if row.action == "block"]
        if decisions[system] == ABSENT and any(table.is_required for table in candidate.tables):
            text = "; ".join(row.message for row in reasons) or "there is no export of it"
            advice = reasons[0].advice if reasons else "Export it, or set HEALTH_RAW_DIR"
            message = f"Nothing can be scored without {system}: {text}."
            raise GateRefusedError(message, f"{advice}.", EXIT_REFUSED, result)
        if decisions[system] == CARRIED and candidate.damaged:
            message = f"The accepted files of {system} are damaged: {', '.join(candidate.damaged)}."
            advice = "Restore them from a backup, or export the system again and correct it."
            raise GateRefusedError(message, advice, EXIT_REFUSED, result)
    for system, candidate in candidates.items():
        stale = [row for row in candidate.findings if row.rule_id == "freshness"]
        if stale and reader.config.sources[system].is_required_fresh:
            message = f"A required source is too old: {stale[0].message}."
            advice = "Check its loader; the last published version stays."
            raise GateRefusedError(message, advice, EXIT_STALE, result)
