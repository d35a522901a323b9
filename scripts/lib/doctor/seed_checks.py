"""What several seeds are asked: keys once, one published version, numbers in range, no gaps."""

from __future__ import annotations

from collections.abc import Sequence

from scripts.lib.findings import Seed, SeedRow


def check_keys(seed: Seed, keys: Sequence[str]) -> None:
    """No two rows with the same key."""
    for values, rows in seed.groups(*keys).items():
        for row in rows[1:]:
            seed.report(
                row,
                f"{', '.join(keys)} = {', '.join(values)} stands already on row {rows[0].line}",
                "Remove one of the two rows",
            )


def check_one_published(seed: Seed) -> None:
    """Exactly one row is published."""
    published = [row for row in seed.rows if row["is_published"].lower() == "true"]
    if len(published) != 1:
        seed.report(
            published[1] if published else None,
            f"{len(published)} versions are published",
            "Set is_published to true in one row",
        )


def check_number(
    seed: Seed, row: SeedRow, column: str, low: float | None = 0, high: float | None = None
) -> None:
    """A number from `low` to `high`, both included."""
    number = row.number(column)
    if number is None or not abs(number) < float("inf"):
        seed.report(row, f"{column} is {row[column] or 'empty'}", "Give a number")
    elif (low is not None and number < low) or (high is not None and number > high):
        limits = f"from {low:g}" + (f" to {high:g}" if high is not None else " on")
        seed.report(row, f"{column} is {row[column]}", f"Give a number {limits}")


def check_above_zero(seed: Seed, row: SeedRow, column: str) -> None:
    """A number above 0."""
    number = row.number(column)
    if number is None or not 0 < number < float("inf"):
        seed.report(row, f"{column} is {row[column] or 'empty'}", "Give a number above 0")


def check_flag(seed: Seed, row: SeedRow, column: str) -> None:
    """True or false."""
    if row[column].lower() not in {"true", "false"}:
        seed.report(row, f"{column} is {row[column] or 'empty'}", "Write true or false")


def check_ranges(seed: Seed, rows: Sequence[SeedRow], lower: str, upper: str) -> None:
    """Half-open ranges that cover every number once: open at both ends, no gap, no overlap."""
    ordered = sorted(rows, key=lambda row: (bool(row[lower]), row.number(lower) or 0.0))
    for place, row in enumerate(ordered):
        due = ordered[place - 1][upper] if place else ""
        if _differ(row, lower, due):
            begins = f"begins at {row[lower] or 'no limit'}"
            seed.report(
                row,
                f"the range {begins}, the one before ends at {due or 'no limit'}",
                f"Let {lower} be the {upper} of the range below, and the first one be empty",
            )
    if ordered and ordered[-1][upper]:
        seed.report(
            ordered[-1], f"nothing stands above {ordered[-1][upper]}", f"Leave {upper} empty"
        )


def _differ(row: SeedRow, column: str, due: str) -> bool:
    if not row[column] or not due:
        return bool(row[column]) != bool(due)
    try:
        return row.number(column) != float(due)
    except ValueError:
        return True
