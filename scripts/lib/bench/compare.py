"""Whether the floor gives the build's numbers: the share of rows that agree, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.lib.bench.floor_script import scoring_model

TOLERANCE = 1e-6
METRIC_COLUMNS = {"value": "metric_value", "quality": "quality", "score": "metric_score"}
DIMENSION_COLUMNS = {
    "score": "dimension_score",
    "coverage": "coverage",
    "worst": "worst_score",
    "best": "best_score",
    "variance": "score_variance",
}
OBJECTIVE_COLUMNS = {
    "model_score": "model_score",
    "health_score": "health_score",
    "low_score": "low_score",
    "high_score": "high_score",
    "coverage": "coverage",
    "score_se": "score_se",
    "band_rank": "band_rank",
    "binding_gate_id": "binding_gate_id",
}
# The floor scores what the model says; where people have overridden a score these are not its own.
OVERRIDDEN = "b.override_id is not null"
OVERRIDDEN_COLUMNS = ("health_score", "low_score", "high_score", "band_rank")


@dataclass(frozen=True)
class Agreement:
    """How far one column of the floor is equal to the build's."""

    column: str
    rows: int
    equal: int

    @property
    def share(self) -> float:
        """The share of equal rows."""
        return self.equal / self.rows if self.rows else 0.0


def compare(build: Path, floor: Path) -> list[Agreement]:
    """Compare all metrics, dimensions and objectives of two finished databases."""
    with duckdb.connect() as connection:
        # Views keep the name of the database that they were made in.
        for file, name in ((build, ""), (floor, " as floor")):
            path = str(file).replace("'", "''")
            connection.execute(f"attach '{path}'{name} (read_only)")
        connection.execute("set preserve_insertion_order = false")
        with duckdb.connect(str(build), read_only=True) as source:
            model = scoring_model(source)
        found: list[Agreement] = []
        for domain in sorted(set(model.domain_of.values())):
            keys = [
                row["metric_id"]
                for row in model.metrics
                if model.domain_of[row["value_id"]] == domain
            ]
            connection.execute(
                "create or replace temp table long_scores as"
                " select account_id, as_of_date, metric_id, metric_value, quality, metric_score"
                f" from {build.stem}.metrics.fct_account_metric_scores"
                f" where value_domain = '{domain}'"
            )
            found += _agreements(
                connection,
                "long_scores",
                f"floor.floor_{domain}_metrics",
                "metric_id",
                keys,
                METRIC_COLUMNS,
            )
        found += _agreements(
            connection,
            f"{build.stem}.scoring.fct_account_dimension_scores",
            "floor.floor_dimension_scores",
            "dimension_id",
            sorted({str(row["dimension_id"]) for row in model.metrics}),
            DIMENSION_COLUMNS,
        )
        return found + _agreements(
            connection,
            f"{build.stem}.scoring.fct_account_health_scores",
            "floor.floor_health_scores",
            "objective_id",
            [str(row["objective_id"]) for row in model.objectives],
            OBJECTIVE_COLUMNS,
            dict.fromkeys(OVERRIDDEN_COLUMNS, OVERRIDDEN),
        )


def _agreements(
    connection: duckdb.DuckDBPyConnection,
    long_rows: str,
    wide_rows: str,
    key_column: str,
    keys: Sequence[str],
    columns: dict[str, str],
    excused: dict[str, str] | None = None,
) -> list[Agreement]:
    found = []
    for key in keys:
        tests = []
        for wide, long in columns.items():
            same = f"w.{key}_{wide} is not distinct from b.{long}"
            if wide != "binding_gate_id":
                same += f" or abs(w.{key}_{wide} - b.{long}) <= {TOLERANCE}"
            if excuse := (excused or {}).get(wide):
                same += f" or {excuse}"
            tests.append(f"count(*) filter (where {same})")
        row = connection.execute(
            f"select count(*), {', '.join(tests)}"
            f" from (select * from {long_rows} where {key_column} = '{key}') as b"
            f" full join {wide_rows} as w"
            f" on b.account_id = w.account_id and b.as_of_date = w.as_of_date"
        ).fetchone()
        assert row is not None
        found += [
            Agreement(f"{key} {wide}", row[0], equal)
            for wide, equal in zip(columns, row[1:], strict=True)
        ]
    return found
