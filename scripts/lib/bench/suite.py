"""The benchmark from end to end: sample once, build, run the floor, compare, build by layer."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scripts.lib.bench.compare import Agreement, compare
from scripts.lib.bench.floor_script import floor_statements
from scripts.lib.bench.measure import Cost, measured
from scripts.lib.dbt_runner import DBT
from scripts.lib.sample.config import WorldConfig
from scripts.lib.sample.world import generate
from scripts.lib.settings import Settings
from scripts.lib.texts.sentiment import score_texts

END = dt.date(2025, 12, 31)
SEED = 7
# The engine's limit; the process itself, dbt and unaccounted buffers come on top.
MEMORY_LIMIT = "1400MB"
LAYERS = ("staging", "intermediate", "core", "metrics", "scoring", "monitoring", "exports")
SNAPSHOT_LAYER = "intermediate"
SCORES_SELECTOR = "scores"
_BUILD = (*DBT, "build", "--exclude-resource-type", "test", "unit_test")


@dataclass(frozen=True)
class Layer:
    """The cost of one layer when the layers are built one after the other."""

    name: str
    nodes: int
    cpu_seconds: float | None
    wall_seconds: float | None
    node_seconds: float  # execution time of its nodes, added up over the threads of the whole build
    peak_gigabytes: float | None = None  # memory of the process so far
    database_gigabytes: float | None = None  # the file after the layer


@dataclass(frozen=True)
class Day:
    """The cost of one more day on a carried warehouse, and what it had to do."""

    cost: Cost
    added_rows: int
    replaced_files: int
    account_dates: int
    affected_dates: int
    different_scores: int


@dataclass(frozen=True)
class Result:
    """Everything that the benchmark found."""

    accounts: int
    months: int
    raw_rows: int
    event_rows: int
    account_dates: int
    parse: Cost
    build: Cost
    scores: Cost
    layers: list[Layer]
    floor: Cost
    floor_steps: list[tuple[str, float]]
    build_gigabytes: float
    floor_gigabytes: float
    agreements: list[Agreement]
    day: Day | None = None

    @property
    def ratio(self) -> float:
        """CPU of the scores alone by CPU of the floor, which computes the scores alone."""
        return self.scores.cpu_seconds / self.floor.cpu_seconds

    @property
    def growth(self) -> float:
        """CPU of the whole build by CPU of the scores alone."""
        return self.build.cpu_seconds / self.scores.cpu_seconds


@dataclass(frozen=True)
class Bench:
    """Where the benchmark reads and writes."""

    root: Path
    folder: Path
    accounts: int
    months: int

    @property
    def settings(self) -> Settings:
        """The places of the measured build."""
        return Settings(
            root=self.root,
            database=self.folder / "build.duckdb",
            raw_dir=self.folder / "raw",
            derived_dir=self.folder / "derived",
            as_of_date=END,
        )

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every measured child."""
        return self.settings.environment() | {
            "HEALTH_TEMP_DIR": str(self.folder / "spill"),
            "HEALTH_THREADS": "2",
            "HEALTH_MEMORY_LIMIT": os.environ.get("HEALTH_MEMORY_LIMIT", MEMORY_LIMIT),
        }

    def dbt_arguments(self, target: str) -> list[str]:
        """What every dbt call of the benchmark is told."""
        variables = json.dumps({"spine_grain": "month", "history_periods": self.months})
        return [
            *("--vars", variables, "--project-dir", str(self.root)),
            *("--profiles-dir", str(self.root), "--target-path", str(self.folder / target)),
            *("--log-path", str(self.folder / "logs"), "--log-level-file", "none"),
        ]


def run(bench: Bench, tell: Callable[[str], None] = lambda step: None) -> Result:
    """Measure the build and the floor on the same raw files and compare their numbers."""
    tell("sampling")
    rows = sample_once(bench)
    tell("scoring texts")
    score_texts(bench.settings)
    tell("reading the project")
    parse = parse_once(bench)
    tell("building")
    build = build_once(bench)
    tell("building the scores alone")
    scores = build_scores(bench)
    tell("running the floor")
    floor, steps = run_floor(bench)
    tell("comparing")
    agreements = compare(bench.folder / "build.duckdb", bench.folder / "floor.duckdb")
    return Result(
        accounts=bench.accounts,
        months=bench.months,
        raw_rows=sum(rows.values()),
        event_rows=rows["product_events.tracks"],
        account_dates=agreements[0].rows,
        parse=parse,
        build=build,
        scores=scores,
        layers=node_layers(bench),
        floor=floor,
        floor_steps=steps,
        build_gigabytes=_gigabytes(bench.folder / "build.duckdb"),
        floor_gigabytes=_gigabytes(bench.folder / "floor.duckdb"),
        agreements=agreements,
    )


def with_layers(bench: Bench, result: Result) -> Result:
    """The result with the cost of each layer, from a second build."""
    return replace(result, layers=build_by_layer(bench))


def node_layers(bench: Bench) -> list[Layer]:
    """What the whole build knows of its layers: the execution times of their nodes."""
    nodes, seconds = _node_seconds(bench.folder / "target")
    return [Layer(name, nodes[name], None, None, seconds[name]) for name in ("seeds", *LAYERS)]


def sample_once(bench: Bench) -> dict[str, int]:
    """Make the raw files unless they are there for this size; returns the rows of each table."""
    config = WorldConfig(bench.accounts, bench.months, END, SEED, "base")
    wanted = {"accounts": bench.accounts, "months": bench.months, "seed": SEED}
    note = bench.folder / "sample.json"
    if note.exists():
        known = json.loads(note.read_text(encoding="utf-8"))
        if {key: known.get(key) for key in wanted} == wanted:
            return dict(known["rows"])
    note.unlink(missing_ok=True)
    rows = generate(config, bench.folder / "raw", bench.folder / "truth")
    note.write_text(json.dumps({**wanted, "rows": rows}), encoding="utf-8")
    return rows


def parse_once(bench: Bench) -> Cost:
    """The first reading of the project, which dbt keeps for every later call."""
    (bench.folder / "target" / "partial_parse.msgpack").unlink(missing_ok=True)
    command = [*DBT, "parse", *bench.dbt_arguments("target")]
    return measured(command, bench.root, bench.environment, bench.folder / "logs" / "parse.log")


def build_once(bench: Bench) -> Cost:
    """One whole build of a project that dbt has read before, in a child process, tests apart."""
    _remove(bench.folder / "build.duckdb")
    command = [*_BUILD, *bench.dbt_arguments("target")]
    return measured(command, bench.root, bench.environment, bench.folder / "logs" / "build.log")


def build_scores(bench: Bench) -> Cost:
    """The scores and what explains them, without what stands on them, into a file of its own."""
    database = bench.folder / "scores.duckdb"
    _remove(database)
    environment = bench.environment | {"HEALTH_DB": str(database)}
    log = bench.folder / "logs" / "scores.log"
    arguments = bench.dbt_arguments("target_scores")
    # Another database is another profile, for which dbt reads the project once more.
    measured([*DBT, "parse", *arguments], bench.root, environment, log)
    command = [*_BUILD, "--selector", SCORES_SELECTOR, *arguments]
    cost = measured(command, bench.root, environment, log)
    _remove(database)
    return cost


def build_by_layer(bench: Bench) -> list[Layer]:
    """A second build, one layer after the other, into a file of its own."""
    database = bench.folder / "layers.duckdb"
    _remove(database)
    log = bench.folder / "logs" / "layers.json"
    selectors = ",".join(
        ["seeds=resource_type:seed", *(f"{layer}={_selector(layer)}" for layer in LAYERS)]
    )
    command = [
        *(sys.executable, "-m", "scripts.lib.bench.layers_run", str(log), selectors),
        *bench.dbt_arguments("target_layers"),
    ]
    environment = bench.environment | {"HEALTH_DB": str(database)}
    measured(command, bench.root, environment, log.with_suffix(".log"))
    _remove(database)
    nodes, seconds = _node_seconds(bench.folder / "target")
    return [
        Layer(name, nodes[name], cpu, wall, seconds[name], peak, size)
        for name, cpu, wall, peak, size in json.loads(log.read_text(encoding="utf-8"))
    ]


def _selector(layer: str) -> str:
    """The nodes of a layer; snapshots are taken between two steps of the intermediate one."""
    selector = f"path:models/{layer}"
    return f"{selector} resource_type:snapshot" if layer == SNAPSHOT_LAYER else selector


def run_floor(bench: Bench) -> tuple[Cost, list[tuple[str, float]]]:
    """Write the floor's script for these raw files and run it in a child process."""
    database = bench.folder / "floor.duckdb"
    _remove(database)
    statements = floor_statements(
        bench.root, bench.folder / "target", bench.folder / "build.duckdb"
    )
    script, log = bench.folder / "floor.json", bench.folder / "logs" / "floor.json"
    script.write_text(json.dumps(statements), encoding="utf-8")
    (bench.folder / "floor.sql").write_text(";\n\n".join(statements) + ";\n", encoding="utf-8")
    command = [
        *(sys.executable, "-m", "scripts.lib.bench.floor_run"),
        *(str(script), str(database), str(log)),
    ]
    cost = measured(command, bench.root, bench.environment, log.with_suffix(".log"))
    steps = [(name, cpu) for name, cpu, _ in json.loads(log.read_text(encoding="utf-8"))]
    return cost, steps


def _node_seconds(target: Path) -> tuple[dict[str, int], dict[str, float]]:
    """Nodes and their added execution time by layer, from dbt's record of the whole build."""
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    results = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    nodes: dict[str, int] = defaultdict(int)
    seconds: dict[str, float] = defaultdict(float)
    for result in results:
        node: dict[str, Any] = manifest[result["unique_id"]]
        own = {"seed": "seeds", "snapshot": SNAPSHOT_LAYER}
        layer = own.get(node["resource_type"], node["fqn"][1])
        nodes[layer] += 1
        seconds[layer] += result["execution_time"]
    return nodes, seconds


def _gigabytes(path: Path) -> float:
    return path.stat().st_size / 1024**3


def _remove(database: Path) -> None:
    for path in (database, database.with_name(database.name + ".wal")):
        path.unlink(missing_ok=True)
