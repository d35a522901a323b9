"""What the search for the rows that landed takes for granted of the engine."""

from __future__ import annotations

from pathlib import Path

import duckdb


def test_files_are_numbered_by_their_names(tmp_path: Path) -> None:
    """Row locators of suspect rows are moved by what a file's place among all names becomes."""
    names = [
        "2025-12.parquet",
        "2025-12-31.parquet",
        "2025-2.parquet",
        "Load-1.parquet",
        "a b.parquet",
    ]
    with duckdb.connect() as connection:
        for name in names:
            connection.execute(f"copy (select '{name}' as id) to '{tmp_path / name}'")
        scan = f"read_parquet('{tmp_path}/*.parquet', union_by_name = true)"
        numbered = connection.execute(f"select id, file_index from {scan} order by 2").fetchall()
        ordered = connection.execute(f"select id from {scan} order by id").fetchall()
        one = f"filename = '{tmp_path / names[0]}'"
        narrowed = connection.execute(f"select id, file_index from {scan} where {one}").fetchall()
    assert [name for name, _ in numbered] == [name for (name,) in ordered]
    assert [number for _, number in numbered] == list(range(len(names)))
    assert set(narrowed) < set(numbered)


def test_no_blank_hides_a_key_from_its_range() -> None:
    """landed_ranges compares raw text to trimmed keys: after the key, or with what begins oddly."""
    with duckdb.connect() as connection:
        blanks, hidden = connection.execute(
            "select count(*), count(*) filter (where not (chr(code) < '!' or chr(code) >= chr(128))"
            " or 'key' || chr(code) >= 'key' || chr(12289))"
            " from (select unnest(range(1, 55296))::integer as code) where trim(chr(code)) = ''"
        ).fetchone() or (0, 0)
    assert blanks and not hidden
