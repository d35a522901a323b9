"""What was written back to a CRM is what it should hold: built again, nothing differs."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from support.building import World
from support.dbt_server import DbtServer

pytestmark = pytest.mark.build

SALESFORCE, HUBSPOT = "export_salesforce_account_health", "export_hubspot_company_health"
SELECTION = (
    "stg_salesforce__account_health", "stg_marketing__company", "int_crm__health_fields",
    "fct_crm_health_fields", "path:models/exports/crm",
)  # fmt: skip
MOMENT = "timestamp '2025-12-31 06:00:00'"


@dataclass(frozen=True)
class Crm:
    """A build whose raw tables of the CRMs can be written, and built again."""

    server: DbtServer
    raw_dir: Path
    derived_dir: Path
    database: Path

    @property
    def accounts(self) -> Path:
        return self.raw_dir / "salesforce" / "account.parquet"

    @property
    def companies(self) -> Path:
        return self.raw_dir / "marketing" / "company.parquet"

    def build(self) -> None:
        self.server.build(self.raw_dir, self.derived_dir, self.database, "--select", *SELECTION)

    def rows(self, table: str) -> list[dict[str, object]]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            cursor = connection.execute(f"select * from exports.{table} order by 1")
            names = [column[0] for column in cursor.description or []]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def rewrite(self, path: Path, sql: str) -> None:
        """Replace a raw file by a query over it (`raw`), `salesforce` and `hubspot`."""
        unfinished = path.with_suffix(".new")
        with duckdb.connect() as connection:
            connection.execute(f"attach '{self.database}' as health (read_only)")
            connection.execute("create view salesforce as from health.exports." + SALESFORCE)
            connection.execute("create view hubspot as from health.exports." + HUBSPOT)
            if path.exists():
                connection.execute(f"create view raw as from read_parquet('{path}')")
            connection.execute(f"copy ({sql}) to '{unfinished}' (format parquet)")
        unfinished.replace(path)


@pytest.fixture(scope="module")
def crm(world: World, dbt_server: DbtServer, tmp_path_factory: pytest.TempPathFactory) -> Crm:
    """The world with a database and raw files of its own, written back once and built again."""
    folder = tmp_path_factory.mktemp("crm")
    crm = Crm(dbt_server, folder / "raw", world.derived_dir, folder / "health.duckdb")
    shutil.copytree(world.raw_dir, crm.raw_dir)
    shutil.copy(world.database, crm.database)
    written = {table: crm.rows(table) for table in (SALESFORCE, HUBSPOT)}
    assert all(len(rows) > 1 for rows in written.values()), "nothing to write back"
    names = [name for name in written[SALESFORCE][0] if name != "Id"]
    fields = ", ".join(
        f'salesforce."{name}" as {name.lower().replace("__c", "_c")}' for name in names
    )
    crm.rewrite(
        crm.accounts,
        f"select raw.*, {fields} from raw left join salesforce on raw.id = salesforce.Id",
    )
    dates = [name for name in written[HUBSPOT][0] if name.endswith("_on")]
    numbers = [
        name for name in written[HUBSPOT][0] if name.startswith("health_") and name not in dates
    ]
    # The loader brings a date property as a timestamp, and the company that the key made.
    fields = ", ".join(
        [f"make_timestamp({name} * 1000) as property_{name}" for name in dates]
        + [f"{name} as property_{name}" for name in numbers]
    )
    crm.rewrite(
        crm.companies,
        "select coalesce(hs_object_id, 'new ' || salesforceaccountid) as id,"
        f" salesforceaccountid as property_salesforceaccountid, {fields},"
        f" {MOMENT} as _fivetran_synced from hubspot",
    )
    crm.build()
    return crm


@pytest.mark.parametrize("table", [SALESFORCE, HUBSPOT])
def test_written_back_nothing_differs(crm: Crm, table: str) -> None:
    assert crm.rows(table) == []


def test_what_a_person_changed_in_the_crm_differs_again(crm: Crm) -> None:
    with duckdb.connect() as connection:
        [(account,)] = connection.execute(
            f"select min(id) from read_parquet('{crm.accounts}') where health_band_c is not null"
            " and health_score_c is not null"
        ).fetchall()
    before = crm.accounts.read_bytes()
    crm.rewrite(
        crm.accounts,
        "select * replace (case when id = '" + account + "' then 'as good as sold' else"
        " health_score_c::varchar end as health_score_c) from raw",
    )
    crm.build()
    rows = crm.rows(SALESFORCE)
    assert [row["Id"] for row in rows] == [account], "a field that cannot be read is written again"
    assert rows[0]["Health_Score__c"] is not None
    with duckdb.connect(str(crm.database), read_only=True) as connection:
        [(count,)] = connection.execute(
            "select count(*) from staging.quarantine_salesforce where source_table = 'account'"
            " and rejection_reason like '%health%'"
        ).fetchall()
    assert count == 0
    crm.accounts.write_bytes(before)


def test_a_score_that_no_longer_holds_is_taken_out(crm: Crm) -> None:
    with duckdb.connect(str(crm.database), read_only=True) as connection:
        [(account,)] = connection.execute(
            "select min(accounts.account_id) from core.dim_accounts as accounts"
            " left join scoring.rpt_account_attention as attention"
            " on accounts.account_id = attention.account_id"
            " left join scoring.rpt_account_health as health"
            " on accounts.account_id = health.account_id and health.is_eligible"
            " where attention.account_id is null and health.account_id is null"
            " and accounts.merged_into_account_id is null"
        ).fetchall()
    before = crm.accounts.read_bytes()
    crm.rewrite(
        crm.accounts,
        f"select * replace (case when id = '{account}' then 'watch' else health_band_c end"
        " as health_band_c) from raw",
    )
    crm.build()
    [row] = crm.rows(SALESFORCE)
    assert row["Id"] == account
    assert {name for name, value in row.items() if value is not None} == {
        "Id", "Health_Updated_On__c",
    }  # fmt: skip
    crm.accounts.write_bytes(before)
