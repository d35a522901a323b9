"""Two small builds side by side: every section of the comparison, and the page that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import tiny_warehouse as tiny

from scripts.lib.console import make_console
from scripts.lib.simulation.candidate import Candidate, Change, Difference
from scripts.lib.simulation.markdown import simulation_markdown
from scripts.lib.simulation.sides import Question, compared_sides
from scripts.lib.simulation.simulate import compared
from scripts.lib.simulation.view import show_simulation
from scripts.lib.warehouse import open_warehouse

PAGE = Path(__file__).with_name("expected_page.md")
# Less on the metric that is not known of everybody, and a lower door to the red bands.
WEIGHTS = {"U01": 0.9, "U07": 0.1, "S02": 0.8, "S04": 0.2}
THRESHOLDS = ((70.0, "healthy", 3), (38.0, "watch", 2), (35.0, "at_risk", 1), (0.0, "critical", 0))
CHANGES = (
    Change("usage U01", {"weight": "0.5"}, {"weight": "0.9"}),
    Change("usage U09", None, {"weight": "0.1", "valid_from": "2000-01-01"}),
)


def document_of(published: Path, candidate: Path, folder: Path, *changes: Change) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    differences = (Difference("scoring_model/metric_weights", changes, (), ()),) if changes else ()
    question = Question("overall", tiny.AS_OF, "v1")
    with (
        open_warehouse(published) as opened,
        compared_sides(opened, candidate, question, folder) as sides,
    ):
        return compared(sides, Candidate("v2", "version", "v1", differences), question)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tiny company under other weights and bands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            tiny, "METRICS", tuple((*row[:4], WEIGHTS[row[0]], row[5]) for row in tiny.METRICS)
        )
        patch.setattr(tiny, "THRESHOLDS", THRESHOLDS)
        # The bridge between dates is not compared, and takes long to write.
        patch.setattr(tiny, "_changes", lambda *_: None)
        yield tiny.make_tiny_warehouse(tmp_path_factory.mktemp("changed") / "health.duckdb")


@pytest.fixture(scope="module")
def document(
    tiny_warehouse: Path, changed: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    return document_of(tiny_warehouse, changed, tmp_path_factory.mktemp("sides"), *CHANGES)


def test_a_candidate_that_is_the_published_version_moves_nothing(
    tiny_warehouse: Path, tmp_path: Path
) -> None:
    document = document_of(tiny_warehouse, tiny_warehouse, tmp_path / "sides")
    assert (document["book"]["moved"], document["book"]["other_band"]) == (0, 0)
    assert document["rank_correlation"]["now"] == document["rank_correlation"]["lowest"] == 1
    for matrix in ("migration", "history_migration"):
        assert all(row["published_band"] == row["candidate_band"] for row in document[matrix])
    assert all(row["new"] == row["gone"] == 0 for row in document["alerts"])
    assert (document["metrics"], document["movers"]) == ([], [])


def test_only_eligible_accounts_are_compared(document: dict[str, Any]) -> None:
    assert document["book"]["accounts"] == 4
    assert document["history"]["scores"] == 4 * len(tiny.DATES)
    assert sum(row["arr"] for row in document["migration"]) == document["book"]["arr"] == 570_000


def test_the_matrices_hold_everything_once(document: dict[str, Any]) -> None:
    book, history = document["book"], document["history"]
    for matrix, total in (("migration", book), ("history_migration", history)):
        rows = document[matrix]
        moved = [row for row in rows if row["published_band"] != row["candidate_band"]]
        assert sum(row["accounts"] for row in rows) == total["accounts" if total is book
                                                             else "scores"]  # fmt: skip
        assert sum(row["accounts"] for row in moved) == total["other_band"]


def test_a_month_tells_new_alerts_from_those_that_are_gone(document: dict[str, Any]) -> None:
    for row in document["alerts"]:
        assert row["both"] + row["new"] == row["candidate"]
        assert row["both"] + row["gone"] == row["published"]
    assert {row["month"] for row in document["alerts"]} == {f"{d:%Y-%m}" for d in tiny.DATES}
    assert sum(row["gone"] for row in document["alerts"]) > 0


def test_every_point_of_a_mover_has_a_name(document: dict[str, Any]) -> None:
    movers = document["movers"]
    assert movers and all(row["adds_up"] for row in movers)
    changes = [abs(row["change"]) for row in movers]
    assert changes == sorted(changes, reverse=True)
    first = movers[0]
    assert first["reason"]["cause"] == "weight"
    assert first["reason"]["points"] * first["change"] > 0


def test_the_causes_of_a_metric_add_up(document: dict[str, Any]) -> None:
    found = {row["metric_id"]: row for row in document["metrics"]}
    assert set(found) == set(WEIGHTS)
    # Only weights differ, so nothing comes from another yardstick or gain.
    for row in found.values():
        assert row["mean_move"] == pytest.approx(row["weight_move"])
        assert row["yardstick_move"] == pytest.approx(0, abs=1e-9)
        assert row["gain_move"] == 0
    assert found["U01"]["published_weight"] == pytest.approx(0.3)
    assert found["U01"]["candidate_weight"] == pytest.approx(0.54)


def test_accounts_that_left_for_reasons_of_their_own_do_not_count(
    document: dict[str, Any],
) -> None:
    leads = {row["days_before"]: row["accounts"] for row in document["losses"]["leads"]}
    assert leads == {30: 1, 90: 0, 180: 0}
    assert document["losses"]["lost"] == 1


def test_the_page_for_a_pull_request(document: dict[str, Any]) -> None:
    assert simulation_markdown(document) == PAGE.read_text(encoding="utf-8")


def test_the_terminal_is_a_hundred_columns_wide(
    document: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    show_simulation(make_console(), document)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    text = "\n".join(lines)
    for title in ("What differs", "Bands", "Alerts", "Accounts that left", "Largest moves"):
        assert title in text
    assert "Cedar Labs" in text


def test_names_cannot_break_out_of_the_page(tiny_warehouse: Path, tmp_path: Path) -> None:
    change = Change("<b>|x", None, {"weight": "`1`"})
    document = document_of(tiny_warehouse, tiny_warehouse, tmp_path / "sides", change)
    assert r"\<b\>\|x new: weight \`1\`" in simulation_markdown(document)
