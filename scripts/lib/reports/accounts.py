"""Finding the account that a person means."""

from __future__ import annotations

import difflib
import heapq

from scripts.lib.console import HealthError
from scripts.lib.warehouse import Row, Warehouse

SUGGESTIONS = 5


def find_account(warehouse: Warehouse, text: str) -> Row:
    """The account with this id, this name, or the only one whose name holds this text."""
    accounts = warehouse.rows(
        "select account_id, account_name from {dim_accounts} order by account_name, account_id"
    )
    wanted = text.strip().casefold()
    for column in ("account_id", "account_name"):
        exact = [row for row in accounts if str(row[column] or "").casefold() == wanted]
        if len(exact) == 1:
            return exact[0]
    parts = [
        row for row in accounts if wanted and wanted in str(row["account_name"] or "").casefold()
    ]
    if len(parts) == 1:
        return parts[0]
    if parts:
        raise HealthError(
            f"{len(parts)} accounts have {text!r} in their name.",
            "Use more of the name, or the id: " + _listed(parts),
        )
    raise HealthError(
        f"No account has the id {text!r} or that text in its name.",
        "Did you mean: " + _listed(_similar(accounts, wanted)),
    )


def _similar(accounts: list[Row], wanted: str) -> list[Row]:
    def closeness(row: Row) -> float:
        names = (str(row["account_name"] or ""), str(row["account_id"]))
        return max(difflib.SequenceMatcher(None, wanted, name.casefold()).ratio() for name in names)

    return heapq.nlargest(SUGGESTIONS, accounts, key=closeness)


def _listed(accounts: list[Row]) -> str:
    names = [f"{row['account_name']} ({row['account_id']})" for row in accounts[:SUGGESTIONS]]
    more = len(accounts) - len(names)
    return "; ".join(names) + (f"; and {more} more" if more > 0 else "")
