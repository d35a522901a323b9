"""The commands and the promises on the warehouse that the suite builds."""

import io
import json
import math
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest
from rich.console import Console
from support.building import World, copied_world
from support.dbt_server import DbtServer
from support.project_files import yaml_nodes
from support.running import MAX_WIDTH, health, health_json, widest

from scripts.lib.reports.explain import explain_account
from scripts.lib.reports.explain_view import show_explanation
from scripts.lib.warehouse import Warehouse

pytestmark = pytest.mark.build

COMPARED_SCHEMAS = ("core", "metrics", "scoring", "exports")
TOLERANCE = 1e-9
FAR_AWAY = "2099-01-01"


def compared_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables that others read; views are made of them."""
    marks = ", ".join("?" for _ in COMPARED_SCHEMAS)
    rows = connection.execute(
        "select table_schema || '.' || table_name from information_schema.tables"
        f" where table_type = 'BASE TABLE' and table_schema in ({marks}) order by 1",
        list(COMPARED_SCHEMAS),
    ).fetchall()
    return [str(row[0]) for row in rows]


def columns_of(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(f"describe first.{table}").fetchall()]


def difference(connection: duckdb.DuckDBPyConnection, table: str, condition: str = "true") -> str:
    """How a table of the databases `first` and `second` differs: nothing when they are equal."""
    described = connection.execute(f"describe first.{table}").fetchall()
    if described != connection.execute(f"describe second.{table}").fetchall():
        return f"{table}: other columns"
    numbers = [str(row[0]) for row in described if row[1] in {"DOUBLE", "FLOAT"}]
    keys = [str(row[0]) for row in described if row[0] not in numbers]
    order = ", ".join([*keys, *numbers])
    same = [f"first_rows.{key} is not distinct from second_rows.{key}" for key in keys]
    same += [
        f"(first_rows.{name} is not distinct from second_rows.{name}"
        f" or abs(first_rows.{name} - second_rows.{name})"
        f" <= {TOLERANCE} * greatest(1, abs(first_rows.{name})))"
        for name in numbers
    ]
    numbered = " ".join(
        f"{side}_rows as (select *, row_number() over (order by {order}) as place"
        f" from {side}.{table} where {condition}){',' if side == 'first' else ''}"
        for side in ("first", "second")
    )
    row = connection.execute(
        f"with {numbered} select count(*) from first_rows full join second_rows"
        " on first_rows.place = second_rows.place"
        f" where first_rows.place is null or second_rows.place is null"
        f" or not coalesce({' and '.join(same)}, false)"
    ).fetchone()
    return f"{table}: {row[0]} rows differ" if row and row[0] else ""


@pytest.fixture
def compared(world: World) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the suite's build attached as `first`."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{world.database}' as first (read_only)")
        yield connection


# -- commands --------------------------------------------------------------------------------


@pytest.mark.parametrize("objective", ["overall", "growth"])
def test_portfolio(warehouse: Path, objective: str) -> None:
    document = health_json("portfolio", "--objective", objective, db=warehouse)
    assert document["eligible_count"] > 0
    assert sum(row["accounts"] for row in document["bands"]) == document["eligible_count"]
    assert sum(row["arr"] for row in document["bands"]) == pytest.approx(document["arr"])


def test_portfolio_as_text(warehouse: Path) -> None:
    text = health("portfolio", db=warehouse)
    assert text.exit_code == 0
    assert widest(text.stdout) <= MAX_WIDTH


def test_explain_adds_up_for_every_kind_of_account(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    accounts = connection.execute(
        "select min(account_id) from scoring.fct_account_health_scores"
        " where is_current and objective_id = 'overall' group by is_eligible, band, binding_gate_id"
    ).fetchall()
    assert len(accounts) > 3
    built = Warehouse(connection)
    for (account,) in accounts:
        document = explain_account(built, account, "overall", None)
        assert document["sum"]["adds_up"], account
        console = Console(width=MAX_WIDTH, record=True, file=io.StringIO())
        show_explanation(console, document)
        assert widest(console.export_text()) <= MAX_WIDTH


def test_an_explanation_names_every_applicable_metric(warehouse: Path) -> None:
    document = health_json("portfolio", db=warehouse)
    account = document["improved"][0]["account_id"]
    explained = health_json("explain", account, db=warehouse)
    weights = sum(row["metric_weight"] for row in explained["contributions"])
    assert weights == pytest.approx(1)
    assert all(row["metric_name"] and row["unit"] for row in explained["contributions"])
    assert explained["unknown_weight"] == pytest.approx(1 - explained["score"]["coverage"])


def test_doctor_finds_nothing_in_the_sample(raw_dir: Path, world: World) -> None:
    result = health("doctor", "--json", raw_dir=raw_dir, derived_dir=world.derived_dir)
    assert json.loads(result.stdout)["errors"] == 0, result.stdout


# -- promises --------------------------------------------------------------------------------


def test_every_column_is_described(connection: duckdb.DuckDBPyConnection) -> None:
    described = {
        node.name: [str(column["name"]) for column in node.node.get("columns") or []]
        for node in yaml_nodes("models", "models")
    }
    lacking = [
        f"{table}.{column}"
        for table, column in connection.execute(
            "select table_name, column_name from information_schema.columns"
            " where table_schema in ('staging', 'intermediate', 'core', 'metrics', 'scoring',"
            " 'monitoring', 'exports') order by 1, 2"
        ).fetchall()
        if column not in described.get(table, [])
    ]
    assert not lacking, "columns without a description:\n" + "\n".join(lacking)


def test_no_number_is_infinite(connection: duckdb.DuckDBPyConnection) -> None:
    faults = []
    for table, columns in connection.execute(
        "select tables.table_schema || '.' || tables.table_name, list(column_name)"
        " from information_schema.tables as tables"
        " inner join information_schema.columns as columns"
        " on tables.table_schema = columns.table_schema"
        " and tables.table_name = columns.table_name"
        " where table_type = 'BASE TABLE' and data_type in ('DOUBLE', 'FLOAT')"
        " and tables.table_schema in ('core', 'metrics', 'scoring', 'exports')"
        " group by 1 order by 1"
    ).fetchall():
        tests = " or ".join(f"not isfinite({column})" for column in columns)
        row = connection.execute(f"select count(*) from {table} where {tests}").fetchone()
        if row and row[0]:
            faults.append(f"{table}: {row[0]} rows")
    assert not faults, "NaN or infinite values:\n" + "\n".join(faults)


def test_a_second_build_is_equal(
    world: World,
    compared: duckdb.DuckDBPyConnection,
    dbt_server: DbtServer,
    tmp_path: Path,
) -> None:
    """Keys and statuses exactly, numbers to 1e-9, with another number of threads."""
    database = tmp_path / "second" / "health.duckdb"
    dbt_server.build(world.raw_dir, world.derived_dir, database, HEALTH_THREADS="1")
    compared.execute(f"attach '{database}' as second (read_only)")
    compared.execute("use first")
    tables = compared_tables(compared)
    assert any(table.endswith("fct_account_health_scores") for table in tables)
    faults = [fault for table in tables if (fault := difference(compared, table))]
    assert not faults, "\n".join(faults)


def account_to_break(connection: duckdb.DuckDBPyConnection) -> str:
    """An account with subscriptions, product use and interactions."""
    row = connection.execute(
        "select min(account_id) from core.fct_account_spine"
        " where is_current and is_eligible"
        " and account_id in (select account_id from core.fct_usage_events)"
        " and account_id in (select account_id from core.fct_invoices)"
        " and account_id in (select account_id from core.fct_opportunity_spans)"
        " and account_id in (select account_id from core.bridge_account_sources"
        "  where source_system = 'market')"
    ).fetchone()
    assert row and row[0]
    return str(row[0])


def source_keys(connection: duckdb.DuckDBPyConnection, account: str, system: str) -> list[str]:
    rows = connection.execute(
        "select source_key from core.bridge_account_sources"
        " where account_id = ? and source_system = ?",
        [account, system],
    ).fetchall()
    return [str(row[0]) for row in rows]


def add_row(
    raw_dir: Path, system: str, table: str, where: pl.Expr, change: dict[str, pl.Expr]
) -> None:
    """Add a copy of the first matching row, changed."""
    path = raw_dir / system / f"{table}.parquet"
    frame = pl.read_parquet(path)
    row = frame.filter(where).head(1)
    assert row.height == 1, f"no row of {system}.{table} to copy"
    changed = row.with_columns(
        expression.cast(frame.schema[name]).alias(name) for name, expression in change.items()
    )
    pl.concat([frame, changed]).write_parquet(path)


def test_bad_rows_of_one_account_change_no_other(
    world: World,
    connection: duckdb.DuckDBPyConnection,
    compared: duckdb.DuckDBPyConnection,
    dbt_server: DbtServer,
    tmp_path: Path,
) -> None:
    """A NaN, an event in 2099 and a negative amount stay with the account that they belong to."""
    account = account_to_break(connection)
    broken = copied_world(world, tmp_path / "broken")
    raw_dir, future = broken.raw_dir, pl.lit(FAR_AWAY).str.to_datetime()
    workspaces = source_keys(connection, account, "product_events")
    customers = source_keys(connection, account, "stripe")
    domains = source_keys(connection, account, "market")
    add_row(raw_dir, "product_events", "tracks", pl.col("context_group_id").is_in(workspaces),
            {"id": pl.lit("zzzzbad1"), "timestamp": future})  # fmt: skip
    add_row(raw_dir, "product_events", "tracks", pl.col("context_group_id").is_in(workspaces),
            {"id": pl.lit("zzzzbad2"), "timestamp": future, "received_at": future})  # fmt: skip
    add_row(raw_dir, "stripe", "invoice", pl.col("customer_id").is_in(customers),
            {"id": pl.lit("in_zzzzbad"), "total": pl.lit(-100_000),
             "amount_due": pl.lit(-100_000)})  # fmt: skip
    add_row(raw_dir, "salesforce", "opportunity", pl.col("account_id") == account,
            {"id": pl.lit("006zzzzbad"), "amount": pl.lit(math.nan)})  # fmt: skip
    add_row(raw_dir, "market", "mention", pl.lit(True),
            {"id": pl.lit("zzzzbad"), "domain": pl.lit(domains[0]),
             "polarity": pl.lit(math.nan)})  # fmt: skip
    dbt_server.build(broken.raw_dir, broken.derived_dir, broken.database)
    compared.execute(f"attach '{broken.database}' as second (read_only)")
    compared.execute("use first")
    tables = [
        table
        for table in compared_tables(compared)
        if table.startswith(("metrics.", "scoring."))
        and "account_id" in columns_of(compared, table)
    ]
    assert "scoring.fct_account_health_scores" in tables
    others = f"account_id <> '{account}'"
    faults = [fault for table in tables if (fault := difference(compared, table, others))]
    assert not faults, "\n".join(faults)


# -- bad input -------------------------------------------------------------------------------


@pytest.fixture
def published(world: World, tmp_path: Path) -> World:
    """A world of its own whose database stands for the last good build."""
    copy = copied_world(world, tmp_path / "published")
    shutil.copy(world.database, copy.database)
    return copy


def spoil(world: World, fault: str) -> Path:
    """Break the accounts or the tickets in one way; return the file."""
    path = world.raw_dir / "salesforce" / "account.parquet"
    if fault == "missing file":
        path.unlink()
    elif fault == "empty file":
        path.write_bytes(b"")
    elif fault == "wrong type":
        path = world.raw_dir / "zendesk" / "ticket.parquet"
        frame = pl.read_parquet(path)
        frame.with_columns(created_at=pl.lit(True)).write_parquet(path)
    elif fault == "column gone":
        path = world.raw_dir / "stripe" / "invoice.parquet"
        pl.read_parquet(path).drop("customer_id").write_parquet(path)
    return path


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("missing file", ["salesforce.account", "is missing"]),
        ("empty file", ["salesforce.account", "empty file"]),
        ("wrong type", ["zendesk.ticket", "created_at", "BOOLEAN"]),
        ("column gone", ["stripe.invoice", "customer_id", "is missing"]),
    ],
)
def test_bad_input_is_named_and_the_last_good_build_stays(
    published: World, fault: str, words: list[str]
) -> None:
    path = spoil(published, fault)
    before = published.database.read_bytes()
    result = health(
        "build",
        db=published.database,
        raw_dir=published.raw_dir,
        derived_dir=published.derived_dir,
    )
    assert result.exit_code == 1
    assert "->" in result.stderr, "says what to do"
    for word in (*words, str(path)):
        assert word in result.stderr
    assert published.database.read_bytes() == before


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("missing file", ["salesforce.account", "no file"]),
        ("column gone", ["stripe.invoice", "customer_id"]),
    ],
)
def test_dbt_by_hand_names_it_too(
    published: World, dbt_server: DbtServer, fault: str, words: list[str]
) -> None:
    path = spoil(published, fault)
    model = f"stg_{path.parent.name}__{path.stem}"
    with pytest.raises(AssertionError) as error:
        dbt_server.build(
            published.raw_dir, published.derived_dir, published.database, "--select", model
        )
    for word in words:
        assert word in str(error.value)
