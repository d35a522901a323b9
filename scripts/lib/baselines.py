"""Freezing the baselines: what the typical account and its peers look like, as rows of seeds.

The population is the eligible accounts at the last four quarter ends of a build. The result is
sorted and rounded, so the same build gives the same files.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from scripts.lib.oracle import scores as oracle
from scripts.lib.oracle.compare import Comparison, Seeds

Row = dict[str, Any]
Cells = list[str]

QUARTERS = 4
LEAST_SCORES = 30
# Points of score that one standard deviation of the weighted mean is stretched to.
SPREAD = 18.0
MIDDLES: dict[str, Callable[[list[float]], float]] = {
    "median": statistics.median,
    "mean": statistics.fmean,
}


def quarter_ends(dates: Sequence[dt.date]) -> list[dt.date]:
    """The last date of the grid within each of the last four complete quarters."""
    latest = max(dates)
    ends: list[dt.date] = []
    year, month = latest.year, (latest.month - 1) // 3 * 3 + 3
    while len(ends) < QUARTERS and dt.date(year, month, 1) > min(dates) - dt.timedelta(92):
        end = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)
        within = [d for d in dates if d <= end and (end - d).days < 31]
        if end <= latest and within:
            ends.append(max(within))
        year, month = (year, month - 3) if month > 3 else (year - 1, 12)
    return sorted(ends)


def read_population(comparison: Comparison) -> list[Row]:
    """Every metric of every eligible account at the quarter ends, with its peer groups."""
    connection, tables = comparison.connection, comparison.tables
    dates = connection.execute(
        "select distinct as_of_date from {fct_account_spine}".format_map(tables)
    ).fetchall()
    chosen = ", ".join(f"date '{date}'" for date in quarter_ends([row[0] for row in dates]))
    sql = (
        "select scores.*, spine.peer_industry_segment, spine.peer_segment, spine.peer_plan_tier,"
        " spine.peer_seat_bucket from {fct_account_metric_scores} as scores"
        " inner join {fct_account_spine} as spine using (account_id, as_of_date)"
        f" where spine.is_eligible and scores.as_of_date in ({chosen})"
        " order by account_id, as_of_date, metric_id"
    )
    return [row for _, group in comparison.by_account(sql) for row in group]


def freeze_peers(
    population: Iterable[Row], seeds: Seeds
) -> dict[tuple[str, str, str], Counter[float]]:
    """Histograms of the usable values of metrics with peers, by metric, level and group."""
    found: dict[tuple[str, str, str], Counter[float]] = defaultdict(Counter)
    for row in population:
        metric = seeds.metrics[row["metric_id"]]
        if metric["peer_scheme"] and row["metric_value"] is not None:
            step = seeds.step(row, row["metric_value"])
            groups = [(level, row[f"peer_{level}"] or "unknown") for level in seeds.levels(metric)]
            for level, group in [("all", "all"), *groups]:
                found[row["metric_id"], level, group][step] += 1
    return found


def freeze_priors(
    evidence: Iterable[oracle.Evidence], seeds: Seeds, typical: str = "median"
) -> dict[str, tuple[float, float]]:
    """Middle and spread of each metric's score under the thresholds of the base card."""
    found = _priors(evidence, {(None, name): row for name, row in seeds.priors.items()}, typical)
    return {metric_id: prior for (_, metric_id), prior in found.items()}


def freeze_card_priors(
    evidence: Iterable[oracle.Evidence], seeds: Seeds, typical: str = "median"
) -> dict[tuple[str | None, str], tuple[float, float]]:
    """The same by card, of the metrics for which the card has thresholds of its own."""
    rows: dict[tuple[str | None, str], Mapping[str, str]] = {
        (row["card_id"], row["metric_id"]): row for row in seeds.cards.card_priors
    }
    return _priors(evidence, rows, typical)


def _priors(
    evidence: Iterable[oracle.Evidence],
    before: Mapping[tuple[str | None, str], Mapping[str, str]],
    typical: str,
) -> dict[tuple[str | None, str], tuple[float, float]]:
    """Middle and spread of scores; where there are too few, what stood before."""
    scores: dict[tuple[str | None, str], list[float]] = defaultdict(list)
    for row in evidence:
        if row.known > 0 and row.score is not None:
            scores[row.thresholds_of, row.metric_id].append(row.score)
    found = {}
    for key, prior in before.items():
        own = scores[key]
        if len(own) >= LEAST_SCORES:
            found[key] = (round(MIDDLES[typical](own), 2), round(statistics.stdev(own), 2))
        else:
            found[key] = (float(prior["typical_score"]), float(prior["score_sd"]))
    return found


def freeze_gains(accounts: Iterable[Sequence[oracle.Evidence]], seeds: Seeds) -> dict[str, float]:
    """The gain of each objective that stretches its weighted mean to the agreed spread."""
    means: dict[str, list[float]] = defaultdict(list)
    for rows in accounts:
        parts = oracle.score_dimensions(rows)
        for objective, model in seeds.models.items():
            share = oracle.shares(parts, model)
            if share:
                means[objective].append(sum(share[name] * parts[name].score for name in share))
    return {name: round(SPREAD / statistics.stdev(own), 3) for name, own in means.items()}


def freeze(
    database: Path, version: str, seeds: Seeds | None = None, typical: str = "median"
) -> dict[str, list[Cells]]:
    """The rows of each seed for a baseline version, from a built warehouse.

    The typical account is that of the median score, or of the mean, in every metric. A baseline
    that is not the published one belongs to a score version of the same name.
    """
    model = seeds or Seeds()
    with duckdb.connect(str(database), read_only=True) as connection:
        comparison = Comparison(connection, model)
        population = read_population(comparison)
    peers = freeze_peers(population, model)
    model.peers = {key: sorted(counts.items()) for key, counts in peers.items()}
    evidence = [comparison.metric(row) for row in population]
    priors = freeze_priors(evidence, model, typical)
    card_priors = freeze_card_priors(evidence, model, typical)
    anchored = [
        replace(
            row,
            typical=card_priors.get((row.thresholds_of, row.metric_id), priors[row.metric_id])[0],
        )
        for row in evidence
    ]
    keys = [(row["account_id"], row["as_of_date"]) for row in population]
    accounts = [
        [row for _, row in group]
        for _, group in itertools.groupby(
            zip(keys, anchored, strict=True), key=lambda pair: pair[0]
        )
    ]
    gains = freeze_gains(accounts, model)
    score_version = model.version if version == model.baseline else version
    return {
        "baselines/peer_baselines": [
            [version, metric, level, group, plain(step * precision(model, metric)), str(count)]
            for (metric, level, group), counts in sorted(peers.items())
            for step, count in sorted(counts.items())
        ],
        "scoring_model/metric_priors": [
            [version, metric_id, plain(middle), plain(spread)]
            for metric_id, (middle, spread) in priors.items()
        ],
        "scorecards/card_priors": [
            [version, str(card_id), metric_id, plain(middle), plain(spread)]
            for (card_id, metric_id), (middle, spread) in card_priors.items()
        ],
        "scoring_model/score_scaling": [
            [score_version, row["objective_id"], row["typical_score"], plain(gain)]
            for row in model.of_version("score_scaling")
            if (gain := gains.get(row["objective_id"], float(row["gain"])))
        ],
    }


def precision(seeds: Seeds, metric_id: str) -> float:
    """The step to which a metric's values are rounded."""
    return float(seeds.metrics[metric_id]["peer_precision"])


def plain(number: float) -> str:
    """A number as a cell: at most six decimals, none that say nothing."""
    return f"{round(number, 6):.6f}".rstrip("0").rstrip(".")


def replace_rows(path: Path, rows: list[Cells]) -> int:
    """Put the rows of a version in place of those that the seed has of it; other versions stay."""
    with path.open(newline="") as file:
        header, *before = list(csv.reader(file))
    versions = {row[0] for row in rows}
    kept = [row for row in before if row[0] not in versions]
    following = path.with_suffix(".csv.new")
    with following.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *kept, *rows])
    following.replace(path)
    return len(rows)


def has_version(folder: Path, version: str) -> bool:
    """Whether a baseline version has rows already."""
    with (folder / "scoring_model" / "metric_priors.csv").open(newline="") as file:
        return any(row["baseline_version"] == version for row in csv.DictReader(file))
