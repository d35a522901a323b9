"""Candidates over a real build: scored as the oracle scores them, and the build is left alone."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from support.dbt_server import DbtServer
from support.golden_company import AS_OF
from support.project_files import ROOT
from support.running import MAX_WIDTH, health, health_json, widest

from scripts.lib.console import EXIT_BUSY, HealthError
from scripts.lib.dbt_runner import Failure, Outcome
from scripts.lib.oracle.compare import Seeds, compare
from scripts.lib.settings import Settings
from scripts.lib.simulation import rebuild
from scripts.lib.simulation.rebuild import candidate_warehouse, dbt_runner, working_folder
from scripts.lib.simulation.simulate import simulate
from scripts.lib.warehouse import open_warehouse

from .conftest import rows_as, state

TOLERANCE = 1e-6


class ServedDbt:
    """The models of a candidate, built by the dbt that has parsed the project already."""

    def __init__(self, server: DbtServer, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.selections: list[list[str]] = []

    def __call__(self, selection: Sequence[str], database: Path) -> Outcome:
        self.selections.append([*selection])
        nothing = self.folder / "nothing"
        nothing.mkdir(exist_ok=True)
        self.server.build(
            nothing, nothing, database, "--full-refresh", "--select", *selection,
            command=["run"], HEALTH_AS_OF_DATE=str(AS_OF),
        )  # fmt: skip
        return Outcome(0, {"model": 1}, node_total=1)


@pytest.fixture(scope="module")
def database(golden_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of its own, in a folder of its own."""
    copy = tmp_path_factory.mktemp("simulated") / golden_warehouse.name
    return copied(golden_warehouse, copy)


@pytest.fixture(scope="module")
def dbt(dbt_server: DbtServer, tmp_path_factory: pytest.TempPathFactory) -> ServedDbt:
    return ServedDbt(dbt_server, tmp_path_factory.mktemp("served"))


def copied(database: Path, copy: Path) -> Path:
    """Copy a build with what its last writer left in the log."""
    for file in database.parent.glob(f"{database.name}*"):
        shutil.copyfile(file, copy.with_name(file.name))
    with duckdb.connect(str(copy)) as connection:
        connection.execute("checkpoint")
    return copy


def settings_of(database: Path) -> Settings:
    return Settings(ROOT, database, database.parent / "raw", database.parent / "derived", None)


def left_over(database: Path) -> list[str]:
    return [path.name for path in (database.parent / "simulating").iterdir()]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def one_metric_counts() -> list[str]:
    """All weight of a dimension on its first metric, from 2025 on."""
    rows: list[str] = []
    seen: set[str] = set()
    for row in rows_as("metric_weights", "v2"):
        version, dimension, metric, weight, start, _ = row.split(",")
        rows.append(f"{version},{dimension},{metric},{weight},{start},2025-01-01")
        counts = dimension not in seen
        seen.add(dimension)
        rows.append(f"{version},{dimension},{metric},{int(counts)},2025-01-01,")
    return rows


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A candidate with other weights, another gain, other bands, thresholds and typical scores."""
    folder = tmp_path_factory.mktemp("stated")
    state(
        folder,
        {
            "metric_weights": one_metric_counts(),
            "score_scaling": rows_as("score_scaling", "v2", ("2.623", "2.1")),
            "bands": rows_as("bands", "v2", (",70,5,2,", ",80,5,2,")),
            "metric_knots": ["U05,1,0,0", "U05,2,0.5,80", "U05,3,1,100"],
            "metric_priors": rows_as("metric_priors", "v2", ("U01,71.87", "U01,50")),
        },
    )
    return folder


def oracle_seeds(stated: Path, folder: Path) -> Seeds:
    """The seeds as they would be if the candidate were published."""
    shutil.copytree(ROOT / "seeds", folder)
    for file in stated.glob("*.csv"):
        target = next(folder.glob(f"*/{file.name}"))
        text = file.read_text(encoding="utf-8").replace("\nv2,", "\nv1,")
        if file.stem == "metric_knots":
            lines = target.read_text(encoding="utf-8").splitlines()
            others = [line for line in lines if not line.startswith("U05,")]
            text = "\n".join([*others, *text.splitlines()[1:]]) + "\n"
        target.write_text(text, encoding="utf-8")
    return Seeds(folder)


@dataclass(frozen=True)
class Simulated:
    """What a simulation said, the warehouse that it made, and what it left of the build."""

    document: dict[str, Any]
    candidate: Path
    before: str
    after: str


@pytest.fixture(scope="module")
def simulated(
    database: Path, stated: Path, dbt: ServedDbt, tmp_path_factory: pytest.TempPathFactory
) -> Simulated:
    """The candidate over the five accounts that are worked by hand."""
    kept = tmp_path_factory.mktemp("kept") / database.name

    def run(selection: Sequence[str], copy: Path) -> Outcome:
        outcome = dbt(selection, copy)
        copied(copy, kept)
        return outcome

    before = digest(database)
    document = simulate(settings_of(database), "v2", [stated], "overall", run=run)
    return Simulated(document, kept, before, digest(database))


def test_a_candidate_gives_the_scores_of_the_oracle(
    simulated: Simulated, stated: Path, tmp_path: Path
) -> None:
    differences = compare(simulated.candidate, oracle_seeds(stated, tmp_path / "seeds"))
    assert {name: size for name, size in differences.items() if size > TOLERANCE} == {}
    assert max(compare(simulated.candidate).values()) > 1, "it scores as the published one does"


def test_the_points_of_a_candidate_add_up(simulated: Simulated) -> None:
    document = simulated.document
    assert {found["seed"].rsplit("/")[-1] for found in document["differences"]} == {
        "metric_weights.csv", "score_scaling.csv", "bands.csv", "metric_knots.csv",
        "metric_priors.csv",
    }  # fmt: skip
    assert document["book"]["moved"] > 0
    assert document["movers"] and all(row["adds_up"] for row in document["movers"])


def test_the_build_is_left_as_it_was(simulated: Simulated, database: Path) -> None:
    assert simulated.before == simulated.after
    assert left_over(database) == [".lock"]


def test_other_rows_with_the_same_meaning_move_nothing(
    database: Path, dbt: ServedDbt, tmp_path: Path
) -> None:
    rows = rows_as("bands", "v2", ("critical,0,,", "critical,0,0,"))
    document = simulate(
        settings_of(database), "v2", state(tmp_path / "stated", {"bands": rows}), "overall", run=dbt
    )
    assert dbt.selections[-1] == ["bands+,+fct_account_health_scores"]
    assert document["differences"][0]["changes"][0]["after"] == {"lower_score": "0"}
    book = document["book"]
    assert (book["accounts"] > 0, book["moved"], book["other_band"]) == (True, 0, 0)
    assert book["largest_move"] == 0
    assert document["rank_correlation"]["now"] == 1
    assert document["movers"] == document["metrics"] == []


def test_what_differs_in_nothing_needs_no_dbt(database: Path, tmp_path: Path) -> None:
    def never(selection: Sequence[str], path: Path) -> Outcome:
        raise AssertionError("dbt was started")

    document = simulate(settings_of(database), "v1", [], "retention", run=never)
    assert document["differences"] == []
    assert document["book"]["moved"] == 0


def test_a_model_that_fails_leaves_nothing_behind(database: Path, stated: Path) -> None:
    def failing(selection: Sequence[str], path: Path) -> Outcome:
        return Outcome(1, failures=[Failure("fct_x", "model", "error", "no")], node_total=1)

    with pytest.raises(HealthError, match="model fct_x: no") as caught:
        simulate(settings_of(database), "v2", [stated], "overall", run=failing)
    assert caught.value.exit_code == 1
    assert left_over(database) == [".lock"]


def test_one_simulation_at_a_time(database: Path) -> None:
    settings = settings_of(database)
    with working_folder(settings), pytest.raises(HealthError) as caught, working_folder(settings):
        pass
    assert caught.value.exit_code == EXIT_BUSY


def test_a_build_for_readers_alone_is_not_enough(tiny_warehouse: Path, tmp_path: Path) -> None:
    with open_warehouse(tiny_warehouse) as published, pytest.raises(HealthError) as caught:
        candidate_warehouse(published, tiny_warehouse, None, tmp_path, None)  # type: ignore[arg-type]
    assert "has no table int_scoring__base_weights" in caught.value.message


def test_dbt_gets_the_date_of_the_build_and_no_seeds(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {}

    def run(arguments: Sequence[str], **places: Any) -> Outcome:
        asked.update(places, arguments=[*arguments])
        return Outcome(0)

    monkeypatch.setattr(rebuild, "run_dbt", run)
    monkeypatch.setenv("HEALTH_CARRIED_DB", "/elsewhere.duckdb")
    settings = Settings(ROOT, database, database.parent, database.parent, AS_OF)
    dbt_runner(settings, lambda event: None, [7])(["bands+"], database)
    assert asked["arguments"] == ["run", "--full-refresh", "--select", "bands+"]
    assert asked["environment"]["HEALTH_DB"] == str(database)
    assert asked["environment"]["HEALTH_AS_OF_DATE"] == str(AS_OF)
    assert "HEALTH_CARRIED_DB" not in asked["environment"]
    # A killed parent's dbt goes on writing, so it holds the lock.
    assert asked["inherited"] == [7]


# -- the command ----------------------------------------------------------------------------------


def test_the_command_shows_and_writes_the_comparison(database: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    result = health("simulate", "v1", "--markdown", str(page), db=database)
    assert result.exit_code == 0, result.output
    assert "version v1 beside the published v1, overall, 2025-12-31" in result.stdout
    assert "Nothing that decides a score." in result.stdout
    assert widest(result.stdout) <= MAX_WIDTH
    assert page.read_text(encoding="utf-8").startswith("## What if v1 replaced v1\n")
    document = health_json("simulate", "v1", "--objective", "growth", db=database)
    assert (document["objective"], document["book"]["moved"]) == ("growth", 0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nothing",), "There is no version and no card nothing."),
        (("v2", "--with", "/no/such/folder"), "there is no /no/such/folder"),
        (("v1", "--objective", "fame"), "There is no objective 'fame'."),
        (("v1", "--markdown", "/no/such/folder/page.md"), "there is no folder /no/such/folder"),
    ],
)
def test_what_cannot_be_simulated(database: Path, arguments: tuple[str, ...], message: str) -> None:
    result = health("simulate", *arguments, db=database)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "What to do" in result.stderr
