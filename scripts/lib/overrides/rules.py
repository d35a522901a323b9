"""What an override may do: the seeds under seeds/override_model, and every entry judged by them.

The warehouse judges the same ledger in SQL; a test holds both to the same verdicts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from scripts.lib.console import HealthError
from scripts.lib.findings import Seed, SeedRow, read_seed
from scripts.lib.settings import project_vars

FOLDER = "seeds/override_model"
SEEDS = {
    "override_settings": ("longest_days", "renewal_watch_days", "repeat_gap_days"),
    "override_kinds": ("override_kind", "lowest_amount", "highest_amount"),
    "override_reasons": ("reason_code",),
    "override_roles": ("role_id", "may_write", "may_approve", "is_director"),
    "override_faults": ("fault_id", "fault_rank", "meaning", "advice"),
}


@dataclass(frozen=True)
class Kind:
    """What the amount of one kind may be; nothing is no limit."""

    name: str
    lowest: float
    highest: float
    largest_alone: float | None
    largest_raise_alone: float | None


@dataclass(frozen=True)
class Role:
    """What a role may do."""

    may_write: bool
    may_approve: bool
    is_director: bool


@dataclass(frozen=True)
class Clock:
    """From when a row counts, as the vars say."""

    zone: ZoneInfo
    grace: dt.timedelta

    def date(self, moment: dt.datetime) -> dt.date:
        """The calendar date of a UTC moment in the reporting time zone."""
        return moment.replace(tzinfo=dt.UTC).astimezone(self.zone).date()

    def known_on(self, event_at: dt.datetime, recorded_at: dt.datetime) -> dt.date:
        """The later of its own day and the day on which it was written down, less the grace."""
        return max(self.date(event_at), self.date(recorded_at - self.grace))


@dataclass(frozen=True)
class Entry:
    """One line of the ledger; moments are naive UTC."""

    override_id: str
    account_id: str
    objective_id: str
    override_kind: str
    amount: float
    reason_code: str
    evidence: str
    author: str
    author_role: str
    approver: str | None
    approver_role: str | None
    created_at: dt.datetime
    valid_from: dt.date
    expires_on: dt.date
    recorded_at: dt.datetime
    withdrawn_on: dt.date | None = None
    is_rewritten: bool = False
    file: str = ""
    row: int | None = None

    def starts_on(self, clock: Clock) -> dt.date:
        """First day on which it can act, because it was known then."""
        return max(self.valid_from, clock.known_on(self.created_at, self.recorded_at))

    @property
    def ends_on(self) -> dt.date:
        """First day on which it acts no more."""
        return min(self.expires_on, self.withdrawn_on or dt.date.max)

    @property
    def place(self) -> tuple[dt.datetime, dt.datetime, str]:
        """Its place in the ledger."""
        return (self.recorded_at, self.created_at, self.override_id)


@dataclass(frozen=True)
class Day:
    """What is known of an account on one scoring date."""

    gated_score: float | None
    days_to_renewal: int | None


@dataclass(frozen=True)
class Verdict:
    """What the rules say of one entry: the broken ones, the first first."""

    entry: Entry
    faults: tuple[str, ...]
    other_id: str | None = None

    @property
    def is_valid(self) -> bool:
        """Whether it keeps all rules."""
        return not self.faults


@dataclass(frozen=True)
class Rules:
    """The published rules."""

    longest_days: int
    renewal_watch_days: int
    repeat_gap_days: int
    kinds: Mapping[str, Kind]
    reasons: Mapping[str, str]
    roles: Mapping[str, Role]
    objectives: frozenset[str]
    faults: Mapping[str, tuple[int, str, str]]
    clock: Clock

    def ordered(self, faults: Iterable[str]) -> tuple[str, ...]:
        """Faults in the order in which they are told."""
        return tuple(sorted(set(faults), key=lambda fault: self.faults[fault][0]))

    def status(self, verdict: Verdict, on: dt.date) -> str:
        """invalid, withdrawn, expired, active or scheduled."""
        entry = verdict.entry
        if verdict.faults:
            return "invalid"
        if entry.withdrawn_on and entry.withdrawn_on <= max(on, entry.starts_on(self.clock)):
            return "withdrawn"
        if entry.expires_on <= on:
            return "expired"
        return "active" if entry.starts_on(self.clock) <= on else "scheduled"


def person(name: str | None) -> str | None:
    """Two spellings of one person are one."""
    return (name or "").strip().lower() or None


def has_second_person(entry: Entry, rules: Rules) -> bool:
    """Whether another person than the author has approved, in a role that may."""
    role = rules.roles.get(entry.approver_role or "")
    approver = person(entry.approver)
    return bool(role and role.may_approve and approver and approver != person(entry.author))


def has_director(entry: Entry, rules: Rules) -> bool:
    """Whether the author or the second person is a director."""
    author = rules.roles.get(entry.author_role)
    approver = rules.roles.get(entry.approver_role or "")
    second = has_second_person(entry, rules) and approver is not None and approver.is_director
    return second or (author is not None and author.is_director)


def entry_faults(entry: Entry, rules: Rules, accounts: frozenset[str] | None = None) -> list[str]:
    """The rules that an entry breaks by itself; without a list of accounts any is known."""
    kind, author = rules.kinds.get(entry.override_kind), rules.roles.get(entry.author_role)
    approver = rules.roles.get(entry.approver_role or "")
    limit = kind.largest_alone if kind else None
    lasts = (entry.expires_on - rules.clock.date(entry.created_at)).days
    broken = {
        "unknown_account": accounts is not None and entry.account_id not in accounts,
        "unknown_objective": entry.objective_id not in rules.objectives,
        "unknown_kind": kind is None,
        "unknown_reason": entry.reason_code not in rules.reasons,
        "unknown_role": author is None or not author.may_write,
        "amount_out_of_range": kind is not None and not kind.lowest <= entry.amount <= kind.highest,
        "ends_before_it_begins": entry.expires_on <= entry.valid_from,
        "lasts_too_long": lasts > rules.longest_days,
        "approver_may_not_approve": person(entry.approver) is not None
        and (approver is None or not approver.may_approve),
        "needs_director": limit is not None
        and abs(entry.amount) > limit
        and not has_director(entry, rules),
    }
    return [fault for fault, is_broken in broken.items() if is_broken]


def order_faults(entry: Entry, earlier: Iterable[Entry], rules: Rules) -> dict[str, str]:
    """The rules that an entry breaks beside earlier sound ones, with the lowest id of those."""
    found: dict[str, str] = {}
    begins = entry.starts_on(rules.clock)
    for other in sorted(earlier, key=lambda row: row.override_id):
        if (other.account_id, other.objective_id) != (entry.account_id, entry.objective_id):
            continue
        first = other.starts_on(rules.clock)
        if (
            first < min(other.expires_on, entry.expires_on)
            and begins < other.expires_on
            and begins < (other.withdrawn_on or dt.date.max)
        ):
            found.setdefault("another_stands", other.override_id)
        if (
            (person(other.author), other.reason_code) == (person(entry.author), entry.reason_code)
            and first < other.ends_on <= begins
            and (begins - other.ends_on).days < rules.repeat_gap_days
            and not has_second_person(entry, rules)
        ):
            found.setdefault("silent_renewal", other.override_id)
    return found


def day_faults(entry: Entry, day: Day, rules: Rules) -> list[str]:
    """The rule that holds an entry back on a date, if any; a ceiling never raises."""
    kind = rules.kinds.get(entry.override_kind)
    points = entry.amount if entry.override_kind == "delta" else None
    if entry.override_kind in ("floor", "value") and day.gated_score is not None:
        points = entry.amount - day.gated_score
    if kind is None or points is None:
        return []
    limit = kind.largest_raise_alone
    if limit is not None and points > limit and not has_director(entry, rules):
        return ["needs_director"]
    is_near = day.days_to_renewal is not None and day.days_to_renewal <= rules.renewal_watch_days
    if points > 0 and is_near and not has_second_person(entry, rules):
        return ["needs_second_person"]
    return []


def judge(
    entries: Iterable[Entry],
    rules: Rules,
    accounts: frozenset[str] | None = None,
    days: Mapping[str, Day] | None = None,
) -> list[Verdict]:
    """A whole ledger in the order of its writing; `days` adds what is known today, by override."""
    known: set[str] = set()
    sound: list[Entry] = []
    verdicts = []
    for entry in sorted(entries, key=lambda row: row.place):
        faults = entry_faults(entry, rules, accounts)
        if entry.override_id in known or entry.is_rewritten:
            faults.append("id_used_before")
        known.add(entry.override_id)
        beside: dict[str, str] = {}
        if not faults:
            beside = order_faults(entry, sound, rules)
            sound.append(entry)
        day = (days or {}).get(entry.override_id)
        context = day_faults(entry, day, rules) if day else []
        told = rules.ordered([*faults, *beside, *context])
        verdicts.append(Verdict(entry, told, beside.get(told[0]) if told else None))
    return verdicts


def read_rules(root: Path) -> Rules:
    """The rules of a project; raises HealthError where a seed cannot be used."""
    seeds = {name: read_seed(root, f"{FOLDER}/{name}.csv", keys) for name, keys in SEEDS.items()}
    seeds["objectives"] = read_seed(root, "seeds/scoring_model/objectives.csv", ("objective_id",))
    for seed in seeds.values():
        for finding in seed.findings:
            raise HealthError(f"{finding.place}: {finding.message}.", finding.advice)
    published = [row for row in seeds["override_settings"].rows if _yes(row, "is_published")]
    if len(published) != 1:
        raise HealthError(
            f"{seeds['override_settings'].file}: {len(published)} versions are published.",
            "Publish exactly one.",
        )
    settings, project = published[0], project_vars(root)
    return Rules(
        longest_days=_whole(seeds["override_settings"], settings, "longest_days"),
        renewal_watch_days=_whole(seeds["override_settings"], settings, "renewal_watch_days"),
        repeat_gap_days=_whole(seeds["override_settings"], settings, "repeat_gap_days"),
        kinds={row["override_kind"]: _kind(row) for row in seeds["override_kinds"].rows},
        reasons={row["reason_code"]: row["description"] for row in seeds["override_reasons"].rows},
        roles={
            row["role_id"]: Role(
                _yes(row, "may_write"), _yes(row, "may_approve"), _yes(row, "is_director")
            )
            for row in seeds["override_roles"].rows
        },
        objectives=frozenset(seeds["objectives"].values("objective_id")),
        faults={
            row["fault_id"]: (int(row["fault_rank"]), row["meaning"], row["advice"])
            for row in seeds["override_faults"].rows
        },
        clock=Clock(
            ZoneInfo(str(project.get("reporting_time_zone", "UTC"))),
            dt.timedelta(hours=float(str(project.get("ingestion_grace_hours", 24)))),
        ),
    )


def names(options: Sequence[str] | Mapping[str, object]) -> str:
    """Names for a message."""
    return ", ".join(options)


def _kind(row: SeedRow) -> Kind:
    return Kind(
        row["kind_name"] or row["override_kind"],
        row.number("lowest_amount") or 0.0,
        row.number("highest_amount") or 0.0,
        row.number("largest_amount_alone"),
        row.number("largest_raise_alone"),
    )


def _yes(row: SeedRow, column: str) -> bool:
    return row[column].lower() == "true"


def _whole(seed: Seed, row: SeedRow, column: str) -> int:
    number = row.number(column)
    if number is None:
        raise HealthError(f"{seed.file}:{row.line}: {column} is no number.", "Correct it.")
    return int(number)
