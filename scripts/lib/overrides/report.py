"""What `health override` does: write an entry within the rules, take one back, list them."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from scripts.lib.console import EXIT_REFUSED, HealthError
from scripts.lib.overrides.ledger import (
    OVERRIDES,
    WITHDRAWALS,
    append,
    ledger_lock,
    new_id,
    read_ledger,
)
from scripts.lib.overrides.rules import (
    Day,
    Entry,
    Rules,
    Verdict,
    has_second_person,
    judge,
    names,
    read_rules,
)
from scripts.lib.reports.accounts import find_account
from scripts.lib.settings import Settings
from scripts.lib.warehouse import Row, Warehouse, as_date, open_warehouse

TICK = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Draft:
    """What a person says; the rest follows from the moment of writing."""

    account: str
    objective: str
    kind: str
    amount: float
    reason: str
    evidence: str
    author: str
    role: str
    approver: str | None
    approver_role: str | None
    valid_from: dt.date | None
    expires_on: dt.date


def add_override(
    settings: Settings, draft: Draft, now: dt.datetime, *, dry_run: bool = False
) -> dict[str, Any]:
    """Judge a draft by the rules and the ledger, and write it; refused ones raise HealthError."""
    rules = read_rules(settings.root)
    with open_warehouse(settings.database) as warehouse:
        account = find_account(warehouse, draft.account)
        entry = _entry(draft, str(account["account_id"]), now, rules)
        day, current = _day(warehouse, entry, rules)
    _check_complete(entry)
    with ledger_lock(settings):
        ledger = read_ledger(settings, rules.clock)
        # A ledger is read in the order of its moments: the next line is never before the last one.
        latest = max((row.recorded_at for row in ledger.entries), default=now - TICK)
        entry = replace(entry, recorded_at=max(now, latest + TICK))
        verdict = judge([*ledger.entries, entry], rules, days={entry.override_id: day})[-1]
        if not verdict.is_valid:
            raise _refusal(verdict, rules)
        path = None if dry_run else append(settings, OVERRIDES, asdict(entry))
    return {
        "override": _shown(verdict, rules, entry.starts_on(rules.clock)),
        "account": account,
        "build": current,
        "gated_score": day.gated_score,
        "score_then": overridden(day.gated_score, entry),
        "starts_on": entry.starts_on(rules.clock),
        "held_back_from": _held_back_from(entry, current, rules),
        "file": None if path is None else str(path),
        "dry_run": dry_run,
    }


def _entry(draft: Draft, account_id: str, now: dt.datetime, rules: Rules) -> Entry:
    return Entry(
        override_id=new_id(now),
        account_id=account_id,
        objective_id=draft.objective.strip().lower(),
        override_kind=draft.kind.strip().lower(),
        amount=draft.amount,
        reason_code=draft.reason.strip().lower(),
        evidence=draft.evidence.strip(),
        author=draft.author.strip(),
        author_role=draft.role.strip().lower(),
        approver=(draft.approver or "").strip() or None,
        approver_role=(draft.approver_role or "").strip().lower() or None,
        created_at=now,
        valid_from=draft.valid_from or rules.clock.date(now),
        expires_on=draft.expires_on,
        recorded_at=now,
    )


def _check_complete(entry: Entry) -> None:
    for option, value in (
        ("--reason", entry.reason_code),
        ("--evidence", entry.evidence),
        ("--author", entry.author),
        ("--role", entry.author_role),
    ):
        if not value:
            raise HealthError(f"{option} is empty.", "An override needs it.", EXIT_REFUSED)
    if not -100 <= entry.amount <= 100:
        raise HealthError(
            f"--amount is {entry.amount}.", "Give points of a score of 0-100.", EXIT_REFUSED
        )


def _day(warehouse: Warehouse, entry: Entry, rules: Rules) -> tuple[Day, dict[str, Any]]:
    """What the last build knows of the score, and how far the renewal is from the first day."""
    row = warehouse.one(
        "select scores.as_of_date, scores.gated_score, scores.health_score, scores.band,"
        " spine.renewal_on from {fct_account_health_scores} as scores"
        " left join {fct_account_spine} as spine on scores.account_id = spine.account_id"
        " and scores.as_of_date = spine.as_of_date"
        " where scores.account_id = ? and scores.objective_id = ? and scores.is_current",
        [entry.account_id, entry.objective_id],
    )
    if not row and entry.objective_id in rules.objectives:
        raise HealthError(
            f"The last build has no {entry.objective_id} score of {entry.account_id}.",
            "Run `health build` first.",
        )
    renewal_on = as_date(row.get("renewal_on"))
    to_renewal = (renewal_on - entry.starts_on(rules.clock)).days if renewal_on else None
    return Day(row.get("gated_score"), to_renewal), dict(row)


def _held_back_from(entry: Entry, current: dict[str, Any], rules: Rules) -> dt.date | None:
    """The date on which a raise comes too near to a renewal for one person, if it lives so long."""
    renewal_on = as_date(current.get("renewal_on"))
    then = overridden(current.get("gated_score"), entry)
    if renewal_on is None or then is None or then <= (current["gated_score"] or 0.0):
        return None
    first = renewal_on - dt.timedelta(days=rules.renewal_watch_days)
    return first if first < entry.expires_on and not has_second_person(entry, rules) else None


def _refusal(verdict: Verdict, rules: Rules) -> HealthError:
    """All broken rules in one message, and what to do about the first."""
    told = []
    for fault in verdict.faults:
        _, meaning, _ = rules.faults[fault]
        more = f" ({verdict.other_id})" if verdict.other_id and fault == verdict.faults[0] else ""
        told.append(f"{meaning[0].lower()}{meaning[1:]}{more}{_limit(fault, verdict.entry, rules)}")
    advice = rules.faults[verdict.faults[0]][2]
    return HealthError(f"The override is refused: {'; '.join(told)}.", f"{advice}.", EXIT_REFUSED)


def _limit(fault: str, entry: Entry, rules: Rules) -> str:
    """The limit or the choice behind a rule."""
    kind = rules.kinds.get(entry.override_kind)
    writers = [name for name, role in rules.roles.items() if role.may_write]
    approvers = [name for name, role in rules.roles.items() if role.may_approve]
    text = {
        "unknown_objective": names(sorted(rules.objectives)),
        "unknown_kind": names(rules.kinds),
        "unknown_reason": names(rules.reasons),
        "unknown_role": names(writers),
        "approver_may_not_approve": names(approvers),
        "lasts_too_long": f"{rules.longest_days} days at most",
        "needs_second_person": f"within {rules.renewal_watch_days} days of it",
        "silent_renewal": f"within {rules.repeat_gap_days} days",
        "amount_out_of_range": f"{kind.lowest:g} to {kind.highest:g}" if kind else "",
        "needs_director": _alone(kind.largest_alone, kind.largest_raise_alone) if kind else "",
    }.get(fault, "")
    return f": {text}" if text else ""


def _alone(*limits: float | None) -> str:
    known = [limit for limit in limits if limit is not None]
    return f"more than {min(known):g}" if known else ""


def overridden(score: float | None, entry: Entry) -> float | None:
    """A score after an override."""
    if score is None:
        return None
    match entry.override_kind:
        case "delta":
            return min(100.0, max(0.0, score + entry.amount))
        case "cap":
            return min(score, entry.amount)
        case "floor":
            return max(score, entry.amount)
        case _:
            return entry.amount


def withdraw_override(
    settings: Settings, override_id: str, author: str, role: str, now: dt.datetime
) -> dict[str, Any]:
    """Take an override back from today on; what it did until then stays."""
    rules = read_rules(settings.root)
    known = rules.roles.get(role.strip().lower())
    if known is None or not known.may_write:
        writers = [name for name, entry in rules.roles.items() if entry.may_write]
        raise HealthError(
            f"The role {role!r} may not withdraw.", f"Use one of: {names(writers)}", EXIT_REFUSED
        )
    if not author.strip():
        raise HealthError("--author is empty.", "A withdrawal needs it.", EXIT_REFUSED)
    with ledger_lock(settings):
        ledger = read_ledger(settings, rules.clock)
        found = [entry for entry in ledger.entries if entry.override_id == override_id]
        if not found:
            raise HealthError(
                f"The ledger has no override {override_id!r}.",
                "`health override list --all` shows the ids.",
            )
        entry = found[0]
        if entry.withdrawn_on:
            raise HealthError(
                f"{override_id} was withdrawn on {entry.withdrawn_on}.",
                "Nothing is to be done.",
                EXIT_REFUSED,
            )
        today = rules.clock.date(now)
        if entry.expires_on <= today:
            raise HealthError(
                f"{override_id} expired on {entry.expires_on}.",
                "Nothing is to be done.",
                EXIT_REFUSED,
            )
        values = {
            "override_id": override_id,
            "author": author.strip(),
            "author_role": role.strip().lower(),
            "withdrawn_at": now,
            "recorded_at": now,
        }
        path = append(settings, WITHDRAWALS, values)
    verdict = Verdict(replace(entry, withdrawn_on=today), ())
    return {"override": _shown(verdict, rules, today), "file": str(path)}


def list_overrides(
    settings: Settings, account: str | None, today: dt.date, *, with_past: bool = False
) -> dict[str, Any]:
    """The ledger as the rules see it; without the past, what acts, will act, or is invalid."""
    rules = read_rules(settings.root)
    ledger = read_ledger(settings, rules.clock)
    built = _built(settings.database)
    on = built["as_of_date"] or today
    wanted = _wanted(settings, account) if account else None
    rows = []
    for verdict in judge(ledger.entries, rules, built["accounts"]):
        entry = verdict.entry
        row = _shown(verdict, rules, on)
        row["account_name"] = built["names"].get(entry.account_id)
        row["points"] = built["points"].get((entry.override_id, entry.objective_id))
        fault = built["held_back"].get(entry.override_id)
        if row["status"] == "active" and fault in rules.faults:
            row |= {"status": "held_back", "fault_id": fault, "meaning": rules.faults[fault][1]}
        if wanted and entry.account_id != wanted:
            continue
        over = row["status"] == "withdrawn" or entry.ends_on <= on
        if with_past or not over:
            rows.append(row)
    return {
        "as_of_date": on,
        "overrides": rows,
        "not_complete": [asdict(row) for row in ledger.broken],
        "entry_count": len(ledger.entries),
    }


def _wanted(settings: Settings, account: str) -> str:
    with open_warehouse(settings.database) as warehouse:
        return str(find_account(warehouse, account)["account_id"])


def _built(database: Path) -> dict[str, Any]:
    """What the last build adds to the ledger; a ledger can be listed without one."""
    found: dict[str, Any] = {
        "as_of_date": None, "accounts": None, "names": {}, "points": {}, "held_back": {},
    }  # fmt: skip
    if not database.exists():
        return found
    with open_warehouse(database) as warehouse:
        if not warehouse.has("fct_override_verdicts"):
            return found
        accounts = warehouse.rows("select account_id, account_name from {dim_accounts}")
        found["accounts"] = frozenset(str(row["account_id"]) for row in accounts)
        found["names"] = {row["account_id"]: row["account_name"] for row in accounts}
        scores = warehouse.rows(
            "select as_of_date, override_id, objective_id, override_points"
            " from {fct_account_health_scores} where is_current and override_id is not null"
        )
        found["points"] = {
            (row["override_id"], row["objective_id"]): row["override_points"] for row in scores
        }
        found["as_of_date"] = _as_of(warehouse)
        verdicts = warehouse.rows(
            "select override_id, fault_id from {fct_override_verdicts}"
            " where override_status = 'held_back'"
        )
        found["held_back"] = {row["override_id"]: row["fault_id"] for row in verdicts}
    return found


def _as_of(warehouse: Warehouse) -> dt.date | None:
    row: Row = warehouse.one("select max(as_of_date) as as_of_date from {fct_account_spine}")
    return as_date(row.get("as_of_date"))


def _shown(verdict: Verdict, rules: Rules, on: dt.date) -> dict[str, Any]:
    """An entry for readers: roles, and no names of people."""
    entry = verdict.entry
    fault = verdict.faults[0] if verdict.faults else None
    return {
        "override_id": entry.override_id,
        "account_id": entry.account_id,
        "objective_id": entry.objective_id,
        "override_kind": entry.override_kind,
        "amount": entry.amount,
        "reason_code": entry.reason_code,
        "evidence": entry.evidence,
        "author_role": entry.author_role,
        "approver_role": entry.approver_role,
        "created_on": rules.clock.date(entry.created_at),
        "starts_on": entry.starts_on(rules.clock),
        "expires_on": entry.expires_on,
        "withdrawn_on": entry.withdrawn_on,
        "status": rules.status(verdict, on),
        "fault_id": fault,
        "meaning": rules.faults[fault][1] if fault else None,
        "other_override_id": verdict.other_id,
        "file": entry.file or None,
        "row": entry.row,
    }
