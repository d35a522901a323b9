"""Actions, money and a group of accounts for the hand-made build."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import duckdb

CLASSES = (
    ("act_now", 1, "A person acts before the due date"),
    ("nurture", 2, "Worth a look or a question"),
    ("expand", 3, "Health and timing speak for an offer"),
    ("maintain", 4, "Goes well; keep it so"),
)
# account, arr, status, probability, expected loss, class, is it red
RISKS = (
    ("A1", 120_000.0, "estimated", 0.02, 2_400.0, "expand", False),
    ("A2", 90_000.0, "estimated", 0.30, 27_000.0, "act_now", True),
    ("A3", 300_000.0, "estimated", 0.10, 30_000.0, "act_now", True),
    ("A4", 60_000.0, "insufficient_data", None, None, "maintain", False),
)
# account, play, name, class, role, owner, next, days until due, driver, hours, loss, worth, rank
ACTIONS = (
    ("A3", "dunning", "Dunning", "act_now", "finance", None, True, -3, None, "Open backlog", 1.0,
     30_000.0, 17_880.0, 1),
    ("A3", "adoption", "Adoption plan", "act_now", "success", "owner", False, 5, None,
     "Open backlog", 6.0, 30_000.0, 9_780.0, 1),
    ("A2", "adoption", "Adoption plan", "act_now", "success", "owner", True, -5, 9, None, 6.0,
     27_000.0, 8_730.0, 2),
    ("A1", "offer", "Offer of [expansion]", "expand", "sales", None, True, 15, None, "Stickiness",
     4.0, 120_000.0, 11_520.0, 1),
)  # fmt: skip
VALUE_BASES = {"dunning": "loss", "adoption": "loss", "offer": "arr"}


def add_money(connection: duckdb.DuckDBPyConnection, as_of: dt.date) -> None:
    """Write the tables into a build that has its accounts and scores."""
    _seeds(connection)
    _risks(connection, as_of)
    _actions(connection, as_of)
    _group(connection, as_of)


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Sequence[Sequence[object]]
) -> None:
    connection.execute(f"create table {name} ({columns})")
    marks = ", ".join("?" for _ in columns.split(","))
    connection.executemany(f"insert into {name} values ({marks})", [list(row) for row in rows])


def _seeds(connection: duckdb.DuckDBPyConnection) -> None:
    _table(
        connection,
        "seeds.attention_classes",
        "attention_class varchar, class_rank integer, description varchar",
        CLASSES,
    )
    _table(
        connection,
        "seeds.playbooks",
        "play_id varchar, value_basis varchar",
        list(VALUE_BASES.items()),
    )
    roles = [(role, role == "success") for role in ("success", "support", "finance", "sales")]
    _table(connection, "seeds.owner_roles", "owner_role varchar, is_account_owner boolean", roles)


def _risks(connection: duckdb.DuckDBPyConnection, as_of: dt.date) -> None:
    _table(
        connection,
        "scoring.fct_account_churn_risks",
        "account_id varchar, as_of_date date, is_current boolean, risk_status varchar,"
        " contract_position varchar, arr double, exposed_arr double, churn_probability double,"
        " expected_loss double",
        [
            (account, date, date == as_of, status, "renewing", arr, arr, probability, loss)
            for account, arr, status, probability, loss, *_ in RISKS
            for date in (as_of, as_of - dt.timedelta(days=14))
        ],
    )
    _table(
        connection,
        "scoring.rpt_account_value",
        "account_id varchar, as_of_date date, value_status varchar, lifetime_value double,"
        " certain_value double, value_risk_cell varchar, stance varchar",
        [("A2", as_of, "valued", 150_000.0, 20_000.0, "save", "A person takes it on [now]"),
         ("A4", as_of, "insufficient_data", None, None, None, None)],
    )  # fmt: skip
    _table(
        connection,
        "scoring.rpt_arr_at_risk",
        "as_of_date date, segment varchar, is_current boolean, arr double, exposed_arr double,"
        " red_arr double, notice_arr double, unestimated_arr double, arr_at_risk double",
        [
            (as_of, "smb", True, 570_000.0, 510_000.0, 390_000.0, 0.0, 60_000.0, 59_400.0),
            (as_of - dt.timedelta(days=14), "smb", False, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
        ],
    )


def _actions(connection: duckdb.DuckDBPyConnection, as_of: dt.date) -> None:
    _table(
        connection,
        "scoring.rpt_account_attention",
        "account_id varchar, as_of_date date, attention_class varchar, is_red boolean",
        [(account, as_of, kind, is_red) for account, _, _, _, _, kind, is_red in RISKS],
    )
    _table(
        connection,
        "scoring.rpt_account_actions",
        "account_id varchar, as_of_date date, play_id varchar, play_name varchar,"
        " attention_class varchar, owner_role varchar, owner_id varchar, is_next_action boolean,"
        " triggered_on date, due_on date, under_way_since date, is_overdue boolean,"
        " driver_metric_id varchar, driver_metric_name varchar,"
        " driver_kind varchar,"
        " cause varchar, effort_hours double, base_amount double, saveability double,"
        " urgency double, action_value double, value_per_hour double, owner_rank integer,"
        " is_within_capacity boolean, exit_rule varchar, expected_effect varchar",
        [
            (account, as_of, play, name, kind, role, owner, is_next, as_of,
             as_of + dt.timedelta(days=days),
             as_of - dt.timedelta(days=at_work) if at_work else None,
             days < 0 and not at_work, "S04", driver,
             "positive" if kind == "expand" else "negative", "top_dimension usage", hours, amount,
             0.5, 1.0, worth, worth / hours, rank, rank == 1, "It is over", "It is better")
            for (account, play, name, kind, role, owner, is_next, days, at_work, driver, hours,
                 amount, worth, rank) in ACTIONS
        ],
    )  # fmt: skip
    _table(
        connection,
        "scoring.rpt_owner_workload",
        "owner_role varchar, owner_id varchar, weekly_hours double, action_count integer,"
        " action_count_within_capacity integer, action_count_under_way integer,"
        " overdue_action_count integer, effort_hours double,"
        " workload_ratio double, action_value_within_capacity double,"
        " action_value_beyond_capacity double",
        [
            ("success", "owner", 10.0, 2, 1, 1, 0, 12.0, 1.2, 9_780.0, 8_730.0),
            ("finance", None, 10.0, 1, 1, 0, 1, 1.0, 0.1, 17_880.0, None),
            ("sales", None, 20.0, 1, 1, 0, 0, 4.0, 0.2, 11_520.0, None),
        ],
    )


def _group(connection: duckdb.DuckDBPyConnection, as_of: dt.date) -> None:
    """A3 leads A4."""
    _table(
        connection,
        "core.bridge_account_ancestors",
        "account_id varchar, as_of_date date, ancestor_account_id varchar, distance integer",
        [("A4", as_of, "A3", 1)],
    )
    _table(
        connection,
        "scoring.fct_parent_health_scores",
        "parent_account_id varchar, as_of_date date, objective_id varchar, is_top boolean,"
        " descendant_count integer, scored_count integer, group_mrr double, own_score double,"
        " weighted_score double, worst_score double, worst_account_id varchar,"
        " red_arr_ratio double",
        [("A3", as_of, "overall", True, 1, 1, 30_000.0, 33.0, 41.5, 40.0, "A4", 0.83)],
    )
