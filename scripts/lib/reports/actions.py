"""Who is to do what for which account, until when, and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scripts.lib.console import HealthError
from scripts.lib.reports.accounts import find_account
from scripts.lib.reports.money import attention_classes
from scripts.lib.warehouse import Row, Warehouse

# What the loss of an action is: what it works on, or what is expected to be lost anyway.
ACTIONS = """
    select
        actions.account_id, accounts.account_name, actions.as_of_date, actions.attention_class,
        classes.class_rank, actions.play_id, actions.play_name, actions.is_next_action,
        actions.owner_role, actions.owner_id, actions.driver_metric_id,
        actions.driver_metric_name as driver, actions.driver_kind, actions.cause,
        actions.triggered_on, actions.due_on,
        date_diff('day', actions.as_of_date, actions.due_on) as days_left,
        actions.under_way_since, actions.is_overdue, risks.arr,
        case when plays.value_basis = 'loss' then actions.base_amount else risks.expected_loss end
            as expected_loss,
        actions.effort_hours, actions.saveability, actions.urgency, actions.action_value,
        actions.value_per_hour, actions.owner_rank, actions.is_within_capacity, actions.exit_rule,
        actions.expected_effect
    from {rpt_account_actions} as actions
    inner join {attention_classes} as classes
        on actions.attention_class = classes.attention_class
    left join {playbooks} as plays on actions.play_id = plays.play_id
    left join {dim_accounts} as accounts on actions.account_id = accounts.account_id
    left join {fct_account_churn_risks} as risks
        on actions.account_id = risks.account_id and risks.is_current
"""
ORDER = """
    order by classes.class_rank, actions.value_per_hour desc nulls last, actions.account_id,
        actions.is_next_action desc, actions.owner_role
"""


@dataclass(frozen=True)
class ActionFilter:
    """Which actions are asked for; what is empty holds back nothing."""

    account: str | None = None
    owner: str | None = None
    attention_class: str | None = None
    limit: int = 0


def read_actions(warehouse: Warehouse, wanted: ActionFilter) -> dict[str, Any]:
    """Everything that `health actions` shows, ready for JSON."""
    account = find_account(warehouse, wanted.account) if wanted.account else None
    classes = attention_classes(warehouse)
    _check(wanted.attention_class, [row["attention_class"] for row in classes], "class")
    workload = owner_workload(warehouse)
    _check(wanted.owner, _owners(warehouse, workload), "owner or role")
    found = [
        row
        for row in warehouse.rows(ACTIONS + ORDER)
        if (account is None or row["account_id"] == account["account_id"])
        and wanted.owner in (None, row["owner_id"], row["owner_role"])
        and wanted.attention_class in (None, row["attention_class"])
    ]
    shown = found[: wanted.limit] if wanted.limit else found
    return {
        "as_of_date": classes[0]["as_of_date"] if classes else None,
        "account": account,
        "owner": wanted.owner,
        "attention_class": wanted.attention_class,
        "limit": wanted.limit,
        "classes": classes,
        "action_count": len(found),
        "overdue_count": sum(row["is_overdue"] for row in found),
        "under_way_count": sum(row["under_way_since"] is not None for row in found),
        "expected_loss": _loss(found),
        "actions": shown,
        "workload": [
            row for row in workload if wanted.owner in (None, row["owner_id"], row["owner_role"])
        ]
        if account is None
        else [],
    }


def account_actions(warehouse: Warehouse, account: str) -> list[Row]:
    """The actions of one account, the next one first."""
    if not warehouse.has("rpt_account_actions"):
        return []
    return warehouse.rows(
        ACTIONS + " where actions.account_id = ?"
        " order by actions.is_next_action desc, actions.owner_role",
        [account],
    )


def owner_workload(warehouse: Warehouse) -> list[Row]:
    """Who has how much to do, the fullest week first."""
    return warehouse.rows(
        "select workload.*, roles.is_account_owner from {rpt_owner_workload} as workload"
        " left join {owner_roles} as roles on workload.owner_role = roles.owner_role"
        " order by workload_ratio desc nulls last, workload.owner_role, owner_id"
    )


def _owners(warehouse: Warehouse, workload: list[Row]) -> list[str]:
    roles = warehouse.rows("select owner_role from {owner_roles} order by owner_role")
    people = sorted({str(row["owner_id"]) for row in workload if row["owner_id"]})
    return [*(str(row["owner_role"]) for row in roles), *people]


def _check(given: str | None, known: list[str], what: str) -> None:
    if given is not None and given not in known:
        raise HealthError(f"There is no {what} {given!r}.", f"Use one of: {', '.join(known)}")


def _loss(actions: list[Row]) -> float:
    """Each account's loss once, whoever works on it."""
    by_account = {row["account_id"]: row["expected_loss"] or 0.0 for row in reversed(actions)}
    return float(sum(by_account.values()))
