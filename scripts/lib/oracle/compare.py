"""A built warehouse against the oracle: the largest difference of every published number."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import operator
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from scripts.lib.oracle import scores as oracle
from scripts.lib.oracle.cards import CardBook, holds_on, rows_of
from scripts.lib.settings import PROJECT_ROOT

Seed = list[dict[str, str]]
Peers = dict[tuple[str, str, str], list[tuple[float, int]]]
INSUFFICIENT = "insufficient_data"


def number(text: str) -> float | None:
    """A cell of a seed as a number; None where it is empty."""
    return float(text) if text else None


@dataclass
class Seeds:
    """The published scoring model, read from its files."""

    folder: Path = PROJECT_ROOT / "seeds"
    metrics: dict[str, dict[str, str]] = field(init=False)
    models: dict[str, oracle.Model] = field(init=False)

    def __post_init__(self) -> None:
        """Read every file once."""
        version = next(r for r in self.read("score_versions") if r["is_published"] == "true")
        self.version, self.baseline = version["score_version"], version["baseline_version"]
        self.metrics = {row["metric_id"]: row for row in self.read("metrics")}
        self.settings = self.of_baseline("normalisation_settings")[0]
        self.priors = {row["metric_id"]: row for row in self.of_baseline("metric_priors")}
        self.schemes = {row["peer_scheme"]: row for row in self.read("peer_schemes")}
        self.knots: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for row in self.read("metric_knots"):
            self.knots[row["metric_id"]].append(
                (float(row["metric_value"]), float(row["metric_score"]))
            )
        self.peers: Peers = defaultdict(list)
        for row in self.of_baseline("peer_baselines", "baselines"):
            key = (row["metric_id"], row["peer_level"], row["peer_group"])
            self.peers[key].append((self.step(row), int(row["n_equal"])))
        self.metric_weights = self.of_version("metric_weights")
        self.cards = self.card_book()
        self.gates = {row["gate_id"]: row for row in self.of_version("gates")}
        self.models = {row["objective_id"]: self.model(row) for row in self.read("objectives")}

    def read(self, name: str, folder: str = "scoring_model") -> Seed:
        """All rows of a seed."""
        with (self.folder / folder / f"{name}.csv").open(newline="") as file:
            return list(csv.DictReader(file))

    def of_version(self, name: str, folder: str = "scoring_model") -> Seed:
        """The rows of the published score version."""
        return [row for row in self.read(name, folder) if row["score_version"] == self.version]

    def of_baseline(self, name: str, folder: str = "scoring_model") -> Seed:
        """The rows of the published baseline."""
        return [row for row in self.read(name, folder) if row["baseline_version"] == self.baseline]

    def step(self, row: dict[str, str], value: float | None = None) -> float:
        """A value in whole steps of the metric's precision, rounded half away from zero."""
        raw = float(row["metric_value"]) if value is None else value
        ratio = raw / float(self.metrics[row["metric_id"]]["peer_precision"] or 1)
        return float(int(abs(ratio) + 0.5)) * (1 if ratio >= 0 else -1)

    def model(self, objective: dict[str, str]) -> oracle.Model:
        """The numbers of one objective."""
        name = objective["objective_id"]
        scale = next(r for r in self.of_version("score_scaling") if r["objective_id"] == name)
        bands = sorted(self.of_version("bands"), key=lambda row: int(row["band_rank"]))
        levels = sorted(
            self.of_version("confidence_levels"), key=lambda row: int(row["confidence_rank"])
        )
        self.band_names = [row["band"] for row in bands]
        return oracle.Model(
            base=float(scale["typical_score"]),
            gain=float(scale["gain"]),
            dimension_weights={
                row["dimension_id"]: float(row["weight"])
                for row in self.of_version("objective_weights")
                if row["objective_id"] == name
            },
            bands=[
                (
                    row["band"],
                    float(row["lower_score"]),
                    float(row["up_offset"]),
                    float(row["down_offset"]),
                )
                for row in bands[1:]
            ],
            confidence=[(row["confidence"], float(row["minimum_coverage"])) for row in levels],
        )

    def card_book(self) -> CardBook:
        """The cards of the published version."""
        settings = self.of_version("card_settings", "scorecards")[0]
        priors = self.read("card_priors", "scorecards")
        return CardBook(
            self.of_version("cards", "scorecards"),
            self.of_version("card_criteria", "scorecards"),
            self.of_version("card_weights", "scorecards"),
            self.of_version("card_knots", "scorecards"),
            rows_of(priors, "baseline_version", self.baseline),
            float(settings["estimate_kappa"]),
        )

    def weight(self, card_id: str, metric_id: str, date: dt.date) -> float:
        """The weight of a metric within its dimension on a date, under a card."""
        dimension = self.metrics[metric_id]["dimension_id"]
        base = {
            row["metric_id"]: float(row["weight"])
            for row in self.metric_weights
            if row["dimension_id"] == dimension and holds_on(row, date)
        }
        return self.cards.weights(card_id, "metric", dimension, base)[metric_id]

    def prior(self, card_id: str, metric_id: str) -> Mapping[str, str]:
        """What is typical of a metric under a card."""
        return self.cards.prior(card_id, metric_id) or self.priors[metric_id]

    def model_of(self, objective: str, card_id: str) -> oracle.Model:
        """The numbers of one objective under a card."""
        base = self.models[objective]
        weights = self.cards.weights(card_id, "dimension", objective, dict(base.dimension_weights))
        return replace(base, dimension_weights=weights)

    def score(self, row: dict[str, Any]) -> float | None:
        """The score of a metric value."""
        metric = self.metrics[row["metric_id"]]
        value, knots = row["metric_value"], self.knots[row["metric_id"]]
        holder = self.cards.holder(row["card_id"], row["metric_id"])
        if holder:
            knots = self.cards.knots(holder, row["metric_id"])
        if value is None:
            return None
        match metric["normaliser"]:
            case "piecewise":
                return oracle.piecewise_linear(value, knots)
            case "identity":
                return oracle.clamp(value)
            case "two_anchor":
                return oracle.two_anchor(value, knots[0], knots[-1])
            case "peer_percentile" if row["sample_size"] == 0:
                return 0.0
            case "peer_percentile":
                nests = [
                    self.peers.get((row["metric_id"], level, row[f"peer_{level}"] or "unknown"), [])
                    for level in self.levels(metric)
                ] + [self.peers.get((row["metric_id"], "all", "all"), [])]
                share = oracle.shrunk_share(
                    self.step(row, value), nests, float(self.settings["peer_kappa"])
                )
                if share is None:
                    return None
                return 100 * (1 - share if metric["direction"] == "down" else share)
            case other:
                raise NotImplementedError(f"no comparison for normaliser {other}")

    def levels(self, metric: dict[str, str]) -> list[str]:
        """The levels of a metric's peers below all accounts, the narrowest first."""
        scheme = self.schemes[metric["peer_scheme"]]
        found = [scheme["peer_level_1"], scheme["peer_level_2"]]
        return [level for level in found if level and level != "all"]

    def quality(self, row: dict[str, Any]) -> float:
        """How far a metric value can be relied on."""
        metric = self.metrics[row["metric_id"]]
        if row["input_status"] not in oracle.USABLE:
            return 0.0
        if metric["kappa"]:
            return oracle.reliability(row["sample_size"], float(metric["kappa"]))
        last = row["last_data_on"]
        return oracle.freshness(
            None if last is None else (row["as_of_date"] - last).days,
            float(metric["freshness_grace_days"]),
            float(metric["freshness_half_life_days"]),
            float(self.settings["freshness_floor"]),
        )


class Differences(dict[str, float]):
    """The largest difference by column; a missing number against a present one is infinite."""

    def note(self, column: str, actual: object, expected: object) -> None:
        """Remember a difference if it is the largest so far."""
        if isinstance(actual, int | float) and isinstance(expected, int | float):
            difference = abs(float(actual) - float(expected))
        else:
            difference = 0.0 if actual == expected else float("inf")
        if not difference <= self.get(column, 0.0):
            self[column] = difference
        else:
            self.setdefault(column, 0.0)


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[dict[str, Any]]:
    """The rows of a query, a batch at a time."""
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description or []]
    while batch := cursor.fetchmany(10_000):
        for record in batch:
            yield dict(zip(names, record, strict=True))


@dataclass
class Comparison:
    """One pass over a warehouse, account by account."""

    connection: duckdb.DuckDBPyConnection
    seeds: Seeds
    found: Differences = field(default_factory=Differences)

    def __post_init__(self) -> None:
        """Find the tables by name, whatever their schema."""
        self.tables = {
            name: f'"{schema}"."{name}"'
            for schema, name in self.connection.execute(
                "select table_schema, table_name from information_schema.tables"
            ).fetchall()
        }
        self.gates = self.active_gates()
        self.overrides = self.acting_overrides()

    def by_account(self, sql: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """The rows of an ordered query, one account at a time."""
        found = rows(self.connection.cursor(), sql.format_map(self.tables))
        for account, group in itertools.groupby(found, key=lambda row: str(row["account_id"])):
            yield account, list(group)

    def active_gates(self) -> dict[tuple[str, dt.date, str], list[oracle.Gate]]:
        """The gates that the signals open, by account, date and objective."""
        compare = {"gt": operator.gt, "gte": operator.ge, "lt": operator.lt, "lte": operator.le}
        opened: dict[tuple[str, dt.date, str], list[oracle.Gate]] = defaultdict(list)
        objectives = self.seeds.of_version("gate_objectives")
        sql = "select * from {fct_account_gate_signals}".format_map(self.tables)
        for row, gate in itertools.product(
            rows(self.connection.cursor(), sql), self.seeds.gates.values()
        ):
            if gate["signal_id"] == row["signal_id"] and compare[gate["comparison"]](
                row["signal_value"], float(gate["threshold"])
            ):
                for link in objectives:
                    if link["gate_id"] == gate["gate_id"]:
                        opened[row["account_id"], row["as_of_date"], link["objective_id"]].append(
                            oracle.Gate(
                                gate["gate_id"],
                                float(gate["cap"]),
                                gate["maximum_confidence"] or None,
                            )
                        )
        return opened

    def acting_overrides(self) -> dict[tuple[str, dt.date, str], oracle.Override]:
        """The overrides in force, by account, date and objective."""
        sql = "select * from {fct_account_overrides}".format_map(self.tables)
        return {
            (row["account_id"], row["as_of_date"], row["objective_id"]): oracle.Override(
                row["override_kind"], row["amount"]
            )
            for row in rows(self.connection.cursor(), sql)
        }

    def run(self) -> Differences:
        """Compare every account; the tables are read in one order, so they meet by account."""
        order = "order by account_id, as_of_date"
        metrics = self.by_account(
            "select scores.*, spine.peer_industry_segment, spine.peer_segment,"
            " spine.peer_plan_tier, spine.peer_seat_bucket, spine.industry,"
            " spine.lifecycle_stage, spine.segment, spine.plan_tier"
            " from {fct_account_metric_scores} as"
            " scores inner join {fct_account_spine} as spine using (account_id, as_of_date) "
            + order
        )
        dimensions = self.by_account("select * from {fct_account_dimension_scores} " + order)
        scores = self.by_account("select * from {fct_account_health_scores} " + order)
        for (account, own), (second, parts), (third, final) in zip(
            metrics, dimensions, scores, strict=True
        ):
            self.found.note("account_id", (account, account), (second, third))
            self.account(own, parts, final)
        return self.found

    def account(
        self,
        metrics: list[dict[str, Any]],
        parts: list[dict[str, Any]],
        final: list[dict[str, Any]],
    ) -> None:
        """Compare one account at all its dates."""
        evidence: dict[dt.date, list[oracle.Evidence]] = defaultdict(list)
        for row in metrics:
            evidence[row["as_of_date"]].append(self.metric(row))
        dimensions = {date: oracle.score_dimensions(rows_) for date, rows_ in evidence.items()}
        by_date = {row["as_of_date"]: row for row in metrics}
        cards = {date: self.seeds.cards.choose(row, date) for date, row in by_date.items()}
        for row in parts:
            self.dimension(row, dimensions[row["as_of_date"]].get(row["dimension_id"]))
        for name, model in self.seeds.models.items():
            own = [row for row in final if row["objective_id"] == name]
            results = [
                oracle.score_objective(
                    dimensions[row["as_of_date"]],
                    self.seeds.model_of(name, cards[row["as_of_date"]]),
                    self.gates.get((row["account_id"], row["as_of_date"], name), ()),
                    self.overrides.get((row["account_id"], row["as_of_date"], name)),
                )
                for row in own
            ]
            published = [r.clamped if r and r.is_published else None for r in results]
            ranks = oracle.band_ranks(published, model.bands)
            for row, result, rank in zip(own, results, ranks, strict=True):
                self.found.note("card_id", row["card_id"], cards[row["as_of_date"]])
                self.objective(row, result, rank, model)

    def metric(self, row: dict[str, Any]) -> oracle.Evidence:
        """Compare one metric, and return what the oracle makes of it."""
        card = row["card_id"]
        prior = self.seeds.prior(card, row["metric_id"])
        evidence = oracle.Evidence(
            metric_id=row["metric_id"],
            dimension_id=self.seeds.metrics[row["metric_id"]]["dimension_id"],
            weight=self.seeds.weight(card, row["metric_id"], row["as_of_date"]),
            typical=float(prior["typical_score"]),
            score=self.seeds.score(row),
            quality=self.seeds.quality(row),
            is_applicable=row["input_status"] != "not_applicable",
            sd=float(prior["score_sd"]),
            thresholds_of=self.seeds.cards.holder(card, row["metric_id"]),
        )
        self.found.note("metric_score", row["metric_score"], evidence.score)
        self.found.note("quality", row["quality"], evidence.known)
        self.found.note("effective_score", row["effective_score"], evidence.effective)
        return evidence

    def dimension(self, row: dict[str, Any], expected: oracle.Dimension | None) -> None:
        """Compare one dimension."""
        names = {"dimension_score": "score", "worst_score": "worst", "best_score": "best"}
        names |= {"typical_score": "typical", "score_variance": "variance"}
        names |= {"coverage": "coverage"}
        for column, attribute in names.items():
            value = getattr(expected, attribute) if expected else None
            self.found.note(f"dimension.{column}", row[column], value)

    def objective(
        self,
        row: dict[str, Any],
        result: oracle.Result | None,
        rank: int | None,
        model: oracle.Model,
    ) -> None:
        """Compare one objective."""
        if result is None:
            self.found.note("health_score", row["health_score"], None)
            self.found.note("band", row["band"], INSUFFICIENT)
            return
        for column in ("model_score", "clamp_points", "gate_points", "gated_score"):
            self.found.note(column, row[column], getattr(result, column))
        for column in ("override_points", "low_score", "high_score"):
            self.found.note(column, row[column], getattr(result, column))
        for column in ("coverage", "confidence", "score_se", "binding_gate_id"):
            self.found.note(column, row[column], getattr(result, column))
        score = result.health_score if result.is_published else None
        self.found.note("health_score", row["health_score"], score)
        starts = [start for _, start, _, _ in model.bands]
        raw = self.seeds.band_names[oracle.raw_band(result.health_score, starts)]
        self.found.note("raw_band", row["raw_band"], raw)
        if score is None or rank is None:
            self.found.note("band", row["band"], INSUFFICIENT)
        else:
            limit = rank if result.cap is None else min(rank, oracle.raw_band(result.cap, starts))
            if result.override_points:
                reached = oracle.raw_band(result.health_score, starts)
                limit = (max if result.override_points > 0 else min)(limit, reached)
            self.found.note("band", row["band"], self.seeds.band_names[limit])


def compare(database: Path, seeds: Seeds | None = None) -> Differences:
    """The largest difference of every column between a built warehouse and the oracle."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("set enable_progress_bar = false")
        return Comparison(connection, seeds or Seeds()).run()
