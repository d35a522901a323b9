"""The section of docs/method.md about overrides, from the seeds that judge them."""

from __future__ import annotations

from pathlib import Path

from scripts.lib.findings import Seed, read_seed

FOLDER = "seeds/override_model"
RULES = """
## Overrides

People know what no system shows yet. An override is a dated word about one score, with a reason
that others can check, written by `health override` into a ledger that only grows. It acts after
the gates, from the day on which it is known until the day before it expires or is withdrawn; the
model's own score stays beside it (`gated_score`), and what is measured and validated is that one.

* It expires at most {longest_days} days after it was written.
* More points than a person may move alone need a director, on any date on which it would move so
  many.
* A raise {renewal_watch_days} days before a renewal or later needs a second person.
* The same again (account, objective, author, reason) within {repeat_gap_days} days of its end
  needs a second person.
* At most one acts on a score: the one that was written first, until it ends or is withdrawn.

What breaks a rule never acts, or not on that date, and is listed in `mon_invalid_overrides`. The
band follows the final score at once and only in the direction of the override. The bounds tell
what the data leave open, so an override only widens them: removing data, or words, never makes the
low bound better. Where too little is known to publish a score, there is none to override.

The success manager's rating is evidence (N04), with a weight and a freshness like any other; it is
no second way to a score.
"""


def overrides_section(root: Path) -> str:
    """Rules, kinds, reasons, roles and what is refused."""
    seeds = {
        name: read_seed(root, f"{FOLDER}/override_{name}.csv")
        for name in ("settings", "kinds", "reasons", "roles", "faults")
    }
    published = next((row for row in seeds["settings"].rows if row["is_published"] == "true"), None)
    names = ("longest_days", "renewal_watch_days", "repeat_gap_days")
    rules = RULES.format(**{name: published[name] if published else "?" for name in names})
    return "\n\n".join(
        [
            rules.strip(),
            _kinds(seeds["kinds"]),
            _rows(
                ["reason", "when"],
                [[f"**{row['reason_name']}** `{row['reason_code']}`", row["description"]]
                 for row in seeds["reasons"].rows],
            ),
            _rows(
                ["role", "writes", "approves", "director"],
                [[f"{row['role_name']} `{row['role_id']}`", *(
                    "yes" if row[flag] == "true" else "no"
                    for flag in ("may_write", "may_approve", "is_director")
                )] for row in seeds["roles"].rows],
            ),
            _rows(
                ["refused", "what to do"],
                [[row["meaning"], row["advice"]] for row in seeds["faults"].rows],
            ),
        ]
    )  # fmt: skip


def _kinds(kinds: Seed) -> str:
    rows = [
        [
            f"**{row['kind_name']}** `{row['override_kind']}`",
            f"{row['lowest_amount']} to {row['highest_amount']}",
            row["largest_amount_alone"] or "any",
            row["largest_raise_alone"] or "any",
            row["description"],
        ]
        for row in kinds.rows
    ]
    header = ["kind", "amount", "amount without a director", "raise without one", "what it does"]
    return _rows(header, rows)


def _rows(header: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)
