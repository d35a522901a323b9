"""`health sentiment`: each text once, kept by hash and version, absent sources are fine."""

import hashlib
from pathlib import Path

import duckdb
import polars as pl
import pytest
from support.running import health, health_json

from scripts.lib.texts import sentiment

COMMENTS = ["Great product, we love it", "Great product, we love it", "Das ist nicht gut", None, ""]


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    folder = tmp_path / "raw" / "zendesk"
    folder.mkdir(parents=True)
    pl.DataFrame(
        {
            "id": [1, 2, 3, 4, 5, 6],
            "ticket_id": [1] * 6,
            "user_id": [10, 11, 10, 10, 10, 99],
            "Body": [*COMMENTS, "Our agents are terrible at typing"],
        }
    ).write_parquet(folder / "ticket_comment.parquet")
    pl.DataFrame(
        {"id": [10, 11, 99], "role": ["end-user", "End-User", "Agent"]}
    ).write_parquet(folder / "user.parquet")  # fmt: skip
    return {"raw_dir": tmp_path / "raw", "derived_dir": tmp_path / "derived"}


def read(places: dict[str, Path]) -> pl.DataFrame:
    return pl.read_parquet(places["derived_dir"] / "text_sentiment.parquet")


def test_each_distinct_text_of_a_customer_is_scored_once(places: dict[str, Path]) -> None:
    result = health_json("sentiment", **places)
    rows = read(places)
    assert result["scored"] == rows.height == 3
    assert rows.columns == list(sentiment.SCHEMA)
    assert rows["text_hash"].is_sorted()
    assert hashlib.md5(b"Our agents are terrible at typing").hexdigest() not in rows["text_hash"]


def test_the_hash_is_that_of_the_warehouse(places: dict[str, Path]) -> None:
    health_json("sentiment", **places)
    path = places["raw_dir"] / "zendesk" / "ticket_comment.parquet"
    hashes = duckdb.execute(
        f"select md5(Body) from '{path}' where user_id <> 99 and Body is not null"
    ).fetchall()
    assert {row[0] for row in hashes} == set(read(places)["text_hash"])


def test_other_languages_and_empty_texts_have_no_score(places: dict[str, Path]) -> None:
    health_json("sentiment", **places)
    by_hash = {row["text_hash"]: row for row in read(places).to_dicts()}
    german = by_hash[hashlib.md5(b"Das ist nicht gut").hexdigest()]
    assert german["compound"] is None
    assert german["is_supported_language"] is False
    assert german["text_length"] == len("Das ist nicht gut")
    english = by_hash[hashlib.md5(b"Great product, we love it").hexdigest()]
    assert english["compound"] > 0.5


def test_a_second_run_scores_nothing_and_leaves_the_file(places: dict[str, Path]) -> None:
    health_json("sentiment", **places)
    path = places["derived_dir"] / "text_sentiment.parquet"
    before = path.read_bytes(), path.stat().st_mtime_ns
    second = health_json("sentiment", **places)
    assert (second["scored"], second["kept"]) == (0, 3)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_new_text_is_added_alone(places: dict[str, Path]) -> None:
    health_json("sentiment", **places)
    folder = places["raw_dir"] / "surveys"
    folder.mkdir()
    pl.DataFrame({"id": ["a"], "comment": ["This is awful and slow"]}).write_parquet(
        folder / "survey_responses.parquet"
    )
    second = health_json("sentiment", **places)
    assert (second["scored"], second["kept"]) == (1, 3)


def test_another_version_scores_everything_again(
    places: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    health_json("sentiment", **places)
    monkeypatch.setattr(sentiment, "scorer_version", lambda overrides: "another")
    second = health_json("sentiment", **places)
    assert (second["scored"], second["kept"]) == (3, 0)
    assert set(read(places)["scorer_version"]) == {"another"}


def test_without_sources_there_is_nothing_to_do(tmp_path: Path) -> None:
    result = health("sentiment", raw_dir=tmp_path / "raw", derived_dir=tmp_path / "derived")
    assert result.exit_code == 0
    assert "none found" in result.stdout
    assert not (tmp_path / "derived").exists()


def test_a_damaged_result_is_made_again(places: dict[str, Path]) -> None:
    health_json("sentiment", **places)
    path = places["derived_dir"] / "text_sentiment.parquet"
    path.write_bytes(b"PAR1 damaged")
    assert health_json("sentiment", **places)["scored"] == 3
    assert read(places).height == 3
