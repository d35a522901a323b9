"""The benchmark's numbers as a page and as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scripts.lib.bench.suite import Day, Result

BEGIN = "<!-- numbers: written by `health bench --write` -->"
END = "<!-- end of numbers -->"
TARGET_RATIO = 1.5
TARGET_GROWTH = 1.4
TARGET_GIGABYTES = 2.0
TARGET_DAY = 0.2
COSTLIEST = 10


def as_document(result: Result) -> dict[str, Any]:
    """The numbers for machines."""
    return {
        "accounts": result.accounts,
        "months": result.months,
        "raw_rows": result.raw_rows,
        "event_rows": result.event_rows,
        "account_dates": result.account_dates,
        "parse": vars(result.parse),
        "build": vars(result.build) | {"database_gigabytes": result.build_gigabytes},
        "scores": vars(result.scores),
        "floor": vars(result.floor) | {"database_gigabytes": result.floor_gigabytes},
        "cpu_ratio": result.ratio,
        "cpu_growth": result.growth,
        "day": _day_document(result.day),
        "targets": {
            "cpu_ratio": TARGET_RATIO,
            "cpu_growth": TARGET_GROWTH,
            "peak_gigabytes": TARGET_GIGABYTES,
        },
        "layers": [vars(layer) for layer in result.layers],
        "differences": {
            found.column: 1 - found.share for found in result.agreements if found.equal < found.rows
        },
    }


def _day_document(day: Day | None) -> dict[str, Any] | None:
    return None if day is None else {**vars(day), "cost": vars(day.cost)}


def as_markdown(result: Result) -> str:
    """The numbers for the page, without dates."""
    lines = [
        f"{result.accounts:,} accounts x {result.months} month ends = {result.account_dates:,}"
        f" account-dates; {result.raw_rows:,} raw rows, {result.event_rows:,} of them product"
        " events. Machine class: 2 cores.",
        "",
        *_cost_lines(result),
        f"Reading the project for the first time took {result.parse.cpu_seconds:.1f} CPU seconds"
        " more; dbt keeps what it read, so that only a changed project pays them again.",
        "",
        *_layer_lines(result),
        *_day_lines(result),
        "The floor's costliest steps:",
        "",
        "| step | CPU seconds |",
        "|---|---:|",
        *(
            f"| `{_step_name(name)}` | {cpu:.1f} |"
            for name, cpu in sorted(result.floor_steps, key=lambda step: -step[1])[:COSTLIEST]
        ),
        "",
        *_agreement_lines(result),
    ]
    return "\n".join(lines)


def _cost_lines(result: Result) -> list[str]:
    build, scores, floor = result.build, result.scores, result.floor
    return [
        "| | floor | scores alone | whole build |",
        "|---|---:|---:|---:|",
        f"| CPU seconds | {floor.cpu_seconds:.1f} | {scores.cpu_seconds:.1f} |"
        f" {build.cpu_seconds:.1f} |",
        f"| wall seconds | {floor.wall_seconds:.1f} | {scores.wall_seconds:.1f} |"
        f" {build.wall_seconds:.1f} |",
        f"| peak memory, GB | {floor.peak_gigabytes:.2f} | {scores.peak_gigabytes:.2f} |"
        f" {build.peak_gigabytes:.2f} |",
        f"| database, GB | {result.floor_gigabytes:.2f} | | {result.build_gigabytes:.2f} |",
        "",
        "| ratio | found | target |",
        "|---|---:|---:|",
        f"| CPU of the scores alone / floor | **{result.ratio:.2f}** | {TARGET_RATIO:.2f} |",
        f"| CPU of the whole build / scores alone | **{result.growth:.2f}** |"
        f" {TARGET_GROWTH:.2f} |",
        f"| peak memory of the whole build, GB | **{build.peak_gigabytes:.2f}** |"
        f" {TARGET_GIGABYTES:.2f} |",
        "",
    ]


def _layer_lines(result: Result) -> list[str]:
    if all(layer.cpu_seconds is None for layer in result.layers):
        return [
            "The build by layer; node seconds are the execution times of its nodes, added up over"
            " its threads:",
            "",
            "| layer | nodes | node seconds |",
            "|---|---:|---:|",
            *(
                f"| {layer.name} | {layer.nodes} | {layer.node_seconds:.1f} |"
                for layer in result.layers
            ),
            "",
        ]
    return [
        "The build by layer. CPU and wall seconds come from a second build, one layer after the"
        " other, as does what the process has needed of memory so far and the file's size after the"
        " layer; node seconds are the execution times of the first, added up over its threads:",
        "",
        "| layer | nodes | CPU seconds | wall seconds | node seconds | peak memory, GB |"
        " database, GB |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {layer.name} | {layer.nodes or ''} | {_number(layer.cpu_seconds)} |"
            f" {_number(layer.wall_seconds)} | {layer.node_seconds:.1f} |"
            f" {_number(layer.peak_gigabytes, 2)} | {_number(layer.database_gigabytes, 2)} |"
            for layer in result.layers
        ),
        "",
    ]


def _day_lines(result: Result) -> list[str]:
    day = result.day
    if day is None:
        return []
    return [
        "One more day: the warehouse of the day before is carried on, and the day's rows are built"
        f" in. {day.added_rows:,} rows came in new files, {day.replaced_files} tables were replaced"
        f" whole; {day.affected_dates:,} of {day.account_dates:,} account-dates were affected;"
        f" {day.different_scores:,} scores differ from a build of everything.",
        "",
        "| | day | full build | share | target |",
        "|---|---:|---:|---:|---:|",
        f"| CPU seconds | {day.cost.cpu_seconds:.1f} | {result.build.cpu_seconds:.1f} |"
        f" **{day.cost.cpu_seconds / result.build.cpu_seconds:.0%}** | {TARGET_DAY:.0%} |",
        f"| peak memory, GB | {day.cost.peak_gigabytes:.2f} | {result.build.peak_gigabytes:.2f} |"
        " | |",
        "",
    ]


def write_page(page: Path, numbers: str) -> None:
    """Put the numbers between the page's markers."""
    text = page.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN, 1)
    tail = rest.split(END, 1)[1]
    page.write_text(f"{head}{BEGIN}\n\n{numbers}\n\n{END}{tail}", encoding="utf-8")


def _number(value: float | None, digits: int = 1) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _step_name(statement: str) -> str:
    return (
        statement.split()[-1].removesuffix(" as")
        if " as" not in statement
        else statement.split()[2]
    )


def _agreement_lines(result: Result) -> list[str]:
    different = [found for found in result.agreements if found.equal < found.rows]
    total = len(result.agreements)
    if not different:
        return [
            f"Both give the same numbers: all {total} compared columns (value, quality and score of"
            " each metric, each dimension, each objective with its bounds, band and gate) are equal"
            " to 1e-6 on every account-date."
        ]
    return [
        f"{total - len(different)} of {total} compared columns are equal to 1e-6 on every"
        " account-date. The others:",
        "",
        "| column | share of rows that differ |",
        "|---|---:|",
        *(f"| {found.column} | {1 - found.share:.6f} |" for found in different),
    ]
