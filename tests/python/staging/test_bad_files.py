"""A file that cannot be read as its contract says stops its model with a message that helps."""

from collections.abc import Callable
from datetime import UTC, datetime

import polars as pl
import pytest
from support.staged import Staged

LOADED = datetime(2024, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def staged(stage: Callable[..., Staged], tmp_path_factory: pytest.TempPathFactory) -> Staged:
    """A run over files of which each has a fault that concerns the file as a whole."""
    raw = tmp_path_factory.mktemp("broken")
    folder = raw / "salesforce"
    folder.mkdir()
    pl.DataFrame({"id": ["003A"], "_fivetran_synced": [LOADED]}).write_parquet(
        folder / "contact.parquet"
    )
    pl.DataFrame(
        {"id": ["006A"], "account_id": [{"nested": 1}], "_fivetran_synced": [LOADED]}
    ).write_parquet(folder / "opportunity.parquet")
    (folder / "task.parquet").touch()
    pl.DataFrame(
        {"id": ["00UA"], "start_date_time": [True], "_fivetran_synced": [LOADED]}
    ).write_parquet(folder / "event.parquet")
    pl.DataFrame({"id": ["005U"], "_fivetran_synced": [LOADED]}).write_parquet(
        folder / "user.parquet"
    )
    return stage(raw, "staging.salesforce")


@pytest.mark.parametrize(
    "parts",
    [
        ["salesforce.account: no file", "account.parquet", "HEALTH_RAW_DIR"],
        ["salesforce.contact: the required column account_id is not in", "found: id,"],
        ["salesforce.opportunity: the column account_id in", "STRUCT", "Export it as varchar"],
        ["salesforce.task: the file", "task.parquet is empty", "Export it again"],
        ["salesforce.event: the column start_date_time", "BOOLEAN", "Export it as timestamp"],
    ],
    ids=["absent", "column_gone", "nested", "empty", "wrong_type"],
)
def test_message_names_table_column_and_remedy(staged: Staged, parts: list[str]) -> None:
    assert staged.exit_code == 1
    output = " ".join(staged.output.split())
    for part in parts:
        assert part in output


def test_other_tables_are_staged_all_the_same(staged: Staged) -> None:
    assert staged.row("select user_id from staging.stg_salesforce__user") == {"user_id": "005U"}
