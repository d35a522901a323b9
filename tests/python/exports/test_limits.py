"""A write-back is looked at before it happens, and a mass of rows is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from support.project_files import ROOT, models
from support.running import MAX_WIDTH, health, health_json, widest

from scripts.lib.console import HealthError
from scripts.lib.exporting.limits import FILE, read_write_back

WRITTEN_BACK = "export_salesforce_account_health"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build with three rows to write back, a table for people, and a step between."""
    path = tmp_path_factory.mktemp("build") / "health.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema exports")
        connection.execute(
            f"create table exports.{WRITTEN_BACK} as select 'A' || i as Id,"
            " cast(i as decimal(5, 2)) as Health_Score__c, '[red]=' || i as Health_Concerns__c,"
            " null::date as Health_Updated_On__c from range(3) as numbers(i)"
        )
        connection.execute(
            "create table exports.export_csm_worklist as select i as owner_rank from range(9) t(i)"
        )
        connection.execute("create table exports.int_exports_crm__changes as select 1 as secret")
    return path


def test_a_dry_run_tells_and_writes_nothing(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    result = health(
        "export", "--dry-run", "--folder", str(folder), db=database, published_dir=tmp_path
    )
    assert result.exit_code == 0
    assert widest(result.stdout) <= MAX_WIDTH
    for part in ("3 rows to write back, limit 1,000", "Health_Score__c", "decimal(5,2)", "A0", "A1",
                 "[red]=0", "Nothing was written"):  # fmt: skip
        assert part in result.stdout
    assert "A2" not in result.stdout, "two rows side by side"
    assert "secret" not in result.stdout
    assert not folder.exists()


def test_a_dry_run_for_a_machine(database: Path, tmp_path: Path) -> None:
    arguments = ("export", "--dry-run", "--limit-rows", "2")
    worklist, rows = health_json(*arguments, db=database, published_dir=tmp_path)
    assert (worklist["table"], worklist["limit_rows"], worklist["is_beyond_limit"]) == (
        "export_csm_worklist", None, False,
    )  # fmt: skip
    assert (rows["rows"], rows["limit_rows"], rows["is_beyond_limit"]) == (3, 2, True)
    assert rows["columns"][1] == {"name": "Health_Score__c", "type": "DECIMAL(5,2)"}
    assert rows["first_rows"][2] == {
        "Id": "A2", "Health_Score__c": 2.0, "Health_Concerns__c": "[red]=2",
        "Health_Updated_On__c": None,
    }  # fmt: skip
    text = health(*arguments, db=database, published_dir=tmp_path).stdout
    assert "More than the limit" in text and "--limit-rows 3" in text


@pytest.mark.parametrize("limit", ["0", "2"])
def test_more_rows_than_the_limit_are_refused_whole(
    database: Path, tmp_path: Path, limit: str
) -> None:
    out = tmp_path / "out"
    places = {"db": database, "published_dir": tmp_path}
    result = health("export", "--folder", str(out), "--limit-rows", limit, **places)
    assert result.exit_code == 1
    assert f"{WRITTEN_BACK} has 3" in result.stderr and "Nothing was written" in result.stderr
    assert "--dry-run" in result.stderr and "--limit-rows 3" in result.stderr
    assert list(out.iterdir()) == [], "not even the tables for people"
    refused = health("export", "--folder", str(out), "--limit-rows", limit, "--json", **places)
    assert refused.exit_code == 1 and "limit" in json.loads(refused.stdout)["error"]


def test_up_to_the_limit_all_is_written(database: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    written = health_json(
        "export", "--folder", out, "--limit-rows", "3", "--format", "csv",
        db=database, published_dir=tmp_path,
    )  # fmt: skip
    assert {file["table"]: file["rows"] for file in written} == {
        "export_csm_worklist": 9, WRITTEN_BACK: 3,
    }  # fmt: skip
    assert sorted(path.name for path in Path(out).iterdir()) == [
        "export_csm_worklist.csv", f"{WRITTEN_BACK}.csv",
    ]  # fmt: skip


def test_one_table_is_written_alone(database: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    arguments = ("export", "--folder", out, "--limit-rows", "2")
    places = {"db": database, "published_dir": tmp_path}
    files = health_json(*arguments, "--table", "export_csm_worklist", **places)
    assert {file["table"] for file in files} == {"export_csm_worklist"}
    unknown = health(*arguments, "--table", "int_exports_crm__changes", **places)
    assert unknown.exit_code == 2
    assert f"Use one of: export_csm_worklist, {WRITTEN_BACK}" in unknown.stderr
    assert health("export", "--limit-rows", "-1", **places).exit_code == 2


def test_every_table_of_a_crm_has_the_limit() -> None:
    written = {
        model.name
        for model in models()
        if model.layer == "exports" and model.folder == "crm" and model.name.startswith("export_")
    }
    assert written == read_write_back(ROOT).tables


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("limit_rows: 1000", "limit_rows: many", "limit_rows is 'many'"),
        ("limit_rows: 1000", "limit_rows: -1", "limit_rows is -1"),
        ("limit_rows: 1000", "limit_rows: true", "limit_rows is True"),
        ("limit_rows: 1000", "limit: 1000", "limit_rows is None"),
        ("  tables:", "  names:", "tables is no list"),
        ("write_back:", "write_back: [", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / FILE
    path.parent.mkdir()
    shutil.copy(ROOT / FILE, path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(HealthError, match=r"exports\.yml") as error:
        read_write_back(tmp_path)
    assert message in error.value.message
