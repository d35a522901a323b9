"""What experts judged about the industry of an account: what acts, and what ran out."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape

from scripts.lib import console as ui
from scripts.lib.reports.layout import print_title
from scripts.lib.warehouse import Row, Warehouse


def account_judgements(warehouse: Warehouse, key: list[object]) -> list[Row]:
    """Judgements about the account's industry at a date that have not ended by themselves."""
    if not warehouse.has("dim_industry_factors"):
        return []
    return warehouse.rows(
        """
        select
            factors.industry, factors.factor_type, factors.effect_points, factors.author_role,
            factors.evidence, factors.valid_from, factors.valid_to, factors.review_by,
            coalesce(factors.expires_on > spine.as_of_date, true) as is_acting
        from {dim_industry_factors} as factors
        inner join {fct_account_spine} as spine on factors.industry = spine.industry
        where
            spine.account_id = ? and spine.as_of_date = ?
            and factors.known_on <= spine.as_of_date
            and coalesce(factors.valid_to > spine.as_of_date, true)
        order by is_acting desc, factors.effect_points, factors.industry_factor_id
        """,
        key,
    )


def show_judgements(console: Console, judgements: list[dict[str, Any]]) -> None:
    """What acts as an event on each account of the industry, and what acts no more."""
    if not judgements:
        return
    title = f"Industry  {ui.words(judgements[0]['industry'])}"
    print_title(console, escape(title), "what experts judge about it, as an event at the account")
    for row in judgements:
        what = f"{ui.words(row['factor_type'])} {row['effect_points']:+g}"
        who = f"by {row['author_role']} since {row['valid_from']} ({row['evidence']})"
        if row["is_acting"]:
            until = f", to be reviewed by {row['review_by']}" if row["review_by"] else ""
            console.print(escape(f"{what} {who}{until}"))
        else:
            console.print(
                f"{escape(f'{what} {who}')}: [yellow]acts no more[/], its review was due on"
                f" {row['review_by']}"
            )
