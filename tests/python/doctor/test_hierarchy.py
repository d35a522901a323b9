"""Circles of parents: each is found once, and the doctor names file, row and accounts."""

import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.running import health

from scripts.lib.doctor.hierarchy import circles


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ({}, []),
        ({"c": "b", "b": "a"}, []),
        ({"a": "a"}, [("a",)]),
        ({"b": "a", "a": "b", "z": "a"}, [("a", "b")]),
        ({"a": "c", "c": "b", "b": "a", "x": "y", "y": "x"}, [("a", "c", "b"), ("x", "y")]),
        ({"a": "nobody"}, []),
    ],
)
def test_circles(parents: dict[str, str], expected: list[tuple[str, ...]]) -> None:
    assert list(circles(parents)) == expected


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")))
def test_without_one_link_of_each_circle_none_is_left(parents: dict[str, str]) -> None:
    found = list(circles(parents))
    members = [account for circle in found for account in circle]
    assert len(members) == len(set(members))
    for circle in found:
        assert all(parents[one] == two for one, two in zip(circle, (*circle[1:], circle[0])))  # noqa: B905
    rest = {key: above for key, above in parents.items() if key not in {c[0] for c in found}}
    assert list(circles(rest)) == []


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_the_doctor_names_file_row_and_accounts(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "salesforce").mkdir()
    path = tmp_path / "salesforce" / f"account.{suffix}"
    frame = pl.DataFrame(
        {
            "id": ["A0", "A2", "A1"],
            "name": ["Amber", "Birch", "Cedar"],
            "ParentId": [None, "A1", "A2"],
            "_fivetran_synced": ["2025-01-02 00:00:00"] * 3,
        }
    )
    frame.write_parquet(path) if suffix == "parquet" else frame.write_csv(path)
    result = health("doctor", "--json", raw_dir=tmp_path, derived_dir=tmp_path / "derived")
    found = [row for row in json.loads(result.stdout)["findings"] if row["file"] == str(path)]
    assert [(row["severity"], row["row"]) for row in found] == [("warning", 3)]
    assert "A1 -> A2 -> A1" in found[0]["message"]
    assert "mon_hierarchy_faults" in found[0]["advice"]
