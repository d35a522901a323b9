"""What is at stake in money: of the book, and of one account and those above and below it."""

from __future__ import annotations

from typing import Any

from scripts.lib.warehouse import Row, Warehouse


def read_stakes(warehouse: Warehouse) -> dict[str, Any] | None:
    """The classes of attention with their ARR, and the ARR at risk; none if they were not built."""
    if not warehouse.has("rpt_account_attention") or not warehouse.has("rpt_arr_at_risk"):
        return None
    total = warehouse.one(
        "select coalesce(sum(arr), 0) as arr, coalesce(sum(arr_at_risk), 0) as arr_at_risk,"
        " coalesce(sum(exposed_arr), 0) as exposed_arr, coalesce(sum(red_arr), 0) as red_arr,"
        " coalesce(sum(notice_arr), 0) as notice_arr,"
        " coalesce(sum(unestimated_arr), 0) as unestimated_arr"
        " from {rpt_arr_at_risk} where is_current"
    )
    return {**total, "classes": attention_classes(warehouse)}


def attention_classes(warehouse: Warehouse) -> list[Row]:
    """The classes in their order, with their accounts and what of them is at stake."""
    return warehouse.rows(
        """
        select
            classes.attention_class, classes.class_rank, classes.description,
            max(max(attention.as_of_date)) over () as as_of_date,
            count(attention.account_id) as accounts,
            coalesce(sum(risks.arr), 0) as arr,
            coalesce(sum(risks.expected_loss), 0) as expected_loss
        from {attention_classes} as classes
        left join {rpt_account_attention} as attention
            on classes.attention_class = attention.attention_class
        left join {fct_account_churn_risks} as risks
            on attention.account_id = risks.account_id and risks.is_current
        group by classes.attention_class, classes.class_rank, classes.description
        order by classes.class_rank
        """
    )


def account_money(warehouse: Warehouse, key: list[object]) -> Row | None:
    """What an account may cost and is worth at a date; the worth is known for the current one."""
    if not warehouse.has("fct_account_churn_risks"):
        return None
    risk = warehouse.one(
        "select is_current, risk_status, contract_position, arr, exposed_arr, churn_probability,"
        " expected_loss from {fct_account_churn_risks} where account_id = ? and as_of_date = ?",
        key,
    )
    if not risk:
        return None
    value = warehouse.one(
        "select value_status, lifetime_value, certain_value, value_risk_cell, stance"
        " from {rpt_account_value} where account_id = ? and as_of_date = ?",
        key,
    )
    return {**risk, **value}


def account_parents(warehouse: Warehouse, key: list[object], objective: str) -> list[Row]:
    """The groups that an account leads or belongs to, the nearest first."""
    if not warehouse.has("fct_parent_health_scores"):
        return []
    return warehouse.rows(
        """
        with places as (
            select ancestor_account_id as parent_account_id, distance
            from {bridge_account_ancestors} where account_id = ? and as_of_date = ?
            union all
            select cast(? as varchar), 0
        )
        select
            parents.parent_account_id, accounts.account_name, places.distance, parents.is_top,
            parents.descendant_count, parents.scored_count, parents.group_mrr,
            parents.own_score, parents.weighted_score, parents.worst_score,
            parents.worst_account_id, worst.account_name as worst_account_name,
            parents.red_arr_ratio
        from places
        inner join {fct_parent_health_scores} as parents
            on places.parent_account_id = parents.parent_account_id
            and parents.as_of_date = ? and parents.objective_id = ?
        left join {dim_accounts} as accounts
            on parents.parent_account_id = accounts.account_id
        left join {dim_accounts} as worst on parents.worst_account_id = worst.account_id
        order by places.distance
        """,
        [*key, key[0], key[1], objective],
    )
