"""A comparison as Markdown, for a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from scripts.lib import console as ui
from scripts.lib.reports.portfolio import BAND_ORDER
from scripts.lib.simulation import words

# Signs that Markdown or HTML would take for more than text.
SIGNS = re.compile(r"([\\`*_{}\[\]<>|#~@])")

# Columns of words; the others are numbers.
TEXTS = ("month", "metric", "account", "band", "most of it")


def simulation_markdown(document: dict[str, Any]) -> str:
    """The document in headed sections; the same input gives the same bytes."""
    sections = [
        f"## What if {_text(document['candidate'])} replaced {_text(document['published'])}",
        f"Objective {_text(document['objective'])}, {document['as_of_date']} and"
        f" {document['history']['dates']:,} dates since {document['history']['first_date']}.",
        *_paragraphs(words.book_lines(document)),
        *_differences(document["differences"]),
        "### Bands",
        "Published down, candidate across: accounts and ARR of today.",
        _matrix(document["migration"], lambda row: f"{row['accounts']:,} ({ui.money(row['arr'])})"),
        "Over the history, in scores of an account at a date:",
        _matrix(document["history_migration"], lambda row: f"{row['accounts']:,}"),
        "### Alerts",
        *_paragraphs(words.alert_lines(document)),
        _table(
            ("month", "published", "candidate", "new", "gone"),
            [
                [row[name] for name in ("month", "published", "candidate", "new", "gone")]
                for row in words.last_months(document["alerts"])
            ],
        ),
        "### Accounts that left",
        *_paragraphs(words.loss_lines(document)),
        *_leads(document),
        *_metrics(words.shown_metrics(document)),
        *_movers(document["movers"]),
    ]
    return "\n\n".join(sections) + "\n"


def _text(value: object) -> str:
    return SIGNS.sub(r"\\\1", ui.plain(str(value))).replace("\n", " ")


def _paragraphs(lines: Iterable[str]) -> list[str]:
    text = "\n".join(_text(line) for line in lines)
    return [text] if text else []


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    sides = ["---" if name in ("", *TEXTS) else "---:" for name in head]
    lines = [head, sides, *([str(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _differences(differences: list[dict[str, Any]]) -> list[str]:
    if not differences:
        return ["### What differs", "Nothing that decides a score."]
    lines = [
        "\n".join(
            [f"- `{difference['seed']}`"]
            + [f"  - {_text(line)}" for line in words.change_lines(difference)]
        )
        for difference in differences
    ]
    return ["### What differs", "\n".join(lines)]


def _matrix(rows: list[dict[str, Any]], text: Any) -> str:
    cells = {(row["published_band"], row["candidate_band"]): row for row in rows}
    bands = [band for band in BAND_ORDER if any(band in key for key in cells)]
    return _table(
        ("", *map(ui.words, bands)),
        [
            [ui.words(before), *(
                text(cells[before, after]) if (before, after) in cells else "" for after in bands
            )]
            for before in bands
        ],
    )  # fmt: skip


def _leads(document: dict[str, Any]) -> list[str]:
    rows = words.lead_rows(document)
    if not rows:
        return []
    return [
        "How many were in a band that needs attention, and their mean score:",
        _table(words.LEADS, rows),
    ]


def _metrics(metrics: list[dict[str, Any]]) -> list[str]:
    if not metrics:
        return []
    rows = [
        [
            f"{_text(row['metric_id'])} {_text(row['metric_name'] or '')}",
            ui.percent(row["published_weight"], 1), ui.percent(row["candidate_weight"], 1),
            f"{row['moved']:,}", ui.number(row["weight_move"]), ui.number(row["yardstick_move"]),
            ui.number(row["mean_move"]),
        ]
        for row in metrics
    ]  # fmt: skip
    head = ("metric", "weight", "then", "accounts", "points by weight", "by yardstick", "all")
    return ["### Metrics that move the book", _table(head, rows)]


def _movers(movers: list[dict[str, Any]]) -> list[str]:
    if not movers:
        return []
    rows = [
        [
            _text(row["account_name"] or row["account_id"]), ui.money(row["arr"]),
            ui.number(row["published_score"]), ui.number(row["candidate_score"]),
            f"{row['change']:+.1f}",
            f"{ui.words(row['published_band'])} → {ui.words(row['candidate_band'])}",
            _text(words.reason(row)),
        ]
        for row in movers
    ]  # fmt: skip
    head = ("account", "ARR", "before", "after", "by", "band", "most of it")
    return ["### Largest moves", words.MOVES_NOTE.capitalize() + ".", _table(head, rows)]
