"""A candidate beside the published version: one document for terminal, pull request and machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from scripts.lib.dbt_runner import Event
from scripts.lib.reports.portfolio import check_objective
from scripts.lib.settings import Settings
from scripts.lib.simulation.candidate import Candidate, read_candidate
from scripts.lib.simulation.compare import alerts, book, correlations, losses, migration
from scripts.lib.simulation.movers import metrics, movers, read_effects
from scripts.lib.simulation.rebuild import (
    Runner,
    candidate_warehouse,
    dbt_runner,
    working_folder,
)
from scripts.lib.simulation.sides import Question, compared_sides, current_date
from scripts.lib.warehouse import Warehouse, open_warehouse


def simulate(
    settings: Settings,
    name: str,
    stated: Sequence[Path],
    objective: str,
    on_event: Callable[[Event], None] = lambda event: None,
    run: Runner | None = None,
) -> dict[str, Any]:
    """Score a candidate over the whole book and history, and compare.

    The build is only read. Raises HealthError for an unknown or unsound candidate.
    """
    with open_warehouse(settings.database) as published:
        check_objective(published, objective)
        as_of = current_date(published)
        dated = replace(settings, as_of_date=as_of)
        with working_folder(settings) as (folder, lock):
            candidate = read_candidate(settings.root, published, name, stated, folder)
            database = candidate_warehouse(
                published,
                settings.database,
                candidate,
                folder,
                run or dbt_runner(dated, on_event, [lock]),
            )
            question = Question(objective, as_of, candidate.published)
            sides = compared_sides(published, database, question, folder)
            with sides:
                return compared(sides, candidate, question)


def compared(sides: Warehouse, candidate: Candidate, question: Question) -> dict[str, Any]:
    """Everything that `health simulate` shows, ready for JSON."""
    history = sides.one(
        "select count(distinct as_of_date) as dates, min(as_of_date) as first_date, count(*) as"
        " scores, count(*) filter (where published_band != candidate_band) as other_band from pairs"
    )
    effects = read_effects(sides)
    return {
        "candidate": candidate.name,
        "kind": candidate.kind,
        "published": candidate.published,
        "objective": question.objective,
        "as_of_date": question.as_of,
        "differences": [
            {"seed": f"seeds/{found.part}.csv", "changes": [asdict(row) for row in found.changes]}
            for found in candidate.differences
        ],
        "book": book(sides),
        "history": history,
        "migration": migration(sides, is_current=True),
        "history_migration": migration(sides, is_current=False),
        "rank_correlation": correlations(sides),
        "alerts": alerts(sides),
        "losses": losses(sides),
        "metrics": metrics(effects),
        "movers": movers(effects),
    }
