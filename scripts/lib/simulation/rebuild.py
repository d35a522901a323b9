"""The candidate's warehouse: a copy of the build, rebuilt from the first model that would differ.

The candidate's rows are loaded under the names of the published version, so that only what differs
is built again. Raw data are not read, and the build itself is only read.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from scripts.lib.building import refuse_failures
from scripts.lib.console import HealthError
from scripts.lib.dbt_runner import Event, Outcome, run_dbt
from scripts.lib.locking import held
from scripts.lib.refresh.carrying import VARIABLE
from scripts.lib.settings import Settings
from scripts.lib.simulation.candidate import Candidate, Difference
from scripts.lib.warehouse import Warehouse

SCORES = "fct_account_health_scores"
# A copy, and as much again for what is built anew in it.
ROOM = 2
# Read by what is rebuilt; a published version for readers does not hold them.
NEEDED = ("fct_account_spine", SCORES, "int_scoring__base_weights", "int_metrics_usage__values")

LOCK = ".lock"

Runner = Callable[[Sequence[str], Path], Outcome]


@contextmanager
def working_folder(settings: Settings) -> Iterator[tuple[Path, int]]:
    """The folder beside the build for one simulation at a time; empty before and after it.

    Beside it the lock, which dbt must inherit: a killed parent's dbt still writes there.
    """
    folder = settings.database.parent / "simulating"
    with held(folder / LOCK, f"Another simulation of {settings.database} is running.") as lock:
        _clear(folder)
        try:
            yield folder, lock
        finally:
            _clear(folder)


def _clear(folder: Path) -> None:
    for entry in folder.glob("*"):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != LOCK:
            entry.unlink()


def candidate_warehouse(
    warehouse: Warehouse, database: Path, candidate: Candidate, folder: Path, run: Runner
) -> Path:
    """Copy the build, give it the candidate's rows, rebuild what depends on them.

    While `warehouse` is open, nothing can write to the build that is copied.
    """
    for table in NEEDED:
        if not warehouse.has(table):
            raise HealthError(
                f"{database} has no table {table}, so no other version can be scored from it.",
                "Let HEALTH_DB name a whole build, like data/health.duckdb or"
                " data/state/health.duckdb.",
            )
    # Views name the database that they were made in, so the copy has its name.
    copy = folder / database.name
    if not candidate.differences:
        return database
    size, free = database.stat().st_size, shutil.disk_usage(folder).free
    if free < ROOM * size:
        raise HealthError(
            f"The disk of {folder} has {free / 1e9:.2f} GB free; a simulation needs about"
            f" {ROOM * size / 1e9:.2f} GB.",
            "Free disk space and simulate again.",
        )
    for suffix in ("", ".wal"):
        file = database.with_name(database.name + suffix)
        if file.exists():
            shutil.copyfile(file, copy.with_name(file.name))
    with duckdb.connect(str(copy)) as connection:
        opened = Warehouse(connection, copy.name)
        for difference in candidate.differences:
            load(opened, difference, candidate, folder)
    outcome = run(rebuilt(candidate), copy)
    refuse_failures(outcome, "The published scores are as they were; correct the candidate.")
    return copy


def rebuilt(candidate: Candidate) -> list[str]:
    """What dbt selects: from the seeds that differ to the scores."""
    return [f"{difference.seed}+,+{SCORES}" for difference in candidate.differences]


def load(warehouse: Warehouse, difference: Difference, candidate: Candidate, folder: Path) -> None:
    """Put the candidate's rows of one seed in place of the published ones."""
    table = warehouse.tables[difference.seed]
    types = {
        str(name): str(kind)
        for name, kind, *_ in warehouse.connection.execute(f"describe {table}").fetchall()
    }
    condition = " and ".join(f'"{column}" = ?' for column, _ in difference.conditions) or "true"
    values = [value for _, value in difference.conditions]
    warehouse.connection.execute(f"delete from {table} where {condition}", values)
    if not difference.rows:
        return
    names = [name for name in difference.rows[0] if name in types]
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(names)
        given = dict(difference.conditions)
        writer.writerows([given.get(name, row[name]) for name in names] for row in difference.rows)
    columns = ", ".join(f'"{name}"' for name in names)
    cast = ", ".join(f'cast("{name}" as {types[name]})' for name in names)
    try:
        warehouse.connection.execute(
            f"insert into {table} ({columns}) select {cast}"
            " from read_csv(?, header = true, all_varchar = true, nullstr = '')",
            [str(path)],
        )
    except duckdb.Error as error:
        raise HealthError(
            f"{difference.part}.csv of {candidate.name} does not fit its table:"
            f" {str(error).splitlines()[0]}",
            "Correct the value.",
        ) from None


def dbt_runner(
    settings: Settings, on_event: Callable[[Event], None], inherited: Sequence[int] = ()
) -> Runner:
    """Build models of the project in a database, as of the settings' date."""

    def run(selection: Sequence[str], database: Path) -> Outcome:
        environment = settings.environment(database)
        environment.pop(VARIABLE, None)
        return run_dbt(
            ["run", "--full-refresh", "--select", *selection],
            root=settings.root,
            environment=environment,
            target_path=settings.root / "target" / "simulate",
            on_event=on_event,
            inherited=inherited,
        )

    return run
