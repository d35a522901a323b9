"""What a refresh computes again: nothing that a metric reads may change unnoticed."""

from __future__ import annotations

import re

from support.project_files import macros, models, none_of

SQL = {model.name: model for model in models()}
COMPARED = re.compile(r"changed_rows\(\s*ref\('(\w+)'\)")
LISTED = re.compile(r"'((?:fct|dim|bridge|int)_\w+)'")
QUOTED = re.compile(r"'(\w+)'")
PUT_TOGETHER = re.compile(r"ref\('(\w+)' ~ \w+(?: ~ '(\w+)')?\)")
AFFECTED = "int_metrics_affected__dates"
# Read through a lookup that is compared itself, or (usage) through the landed files.
COMPARED_OTHERWISE = {
    "fct_account_active_periods": "int_metrics_market__industry_outcomes",
    "fct_source_outages": "int_metrics_sources__late_values",
    "fct_usage_events": "landed_change('product_events', 'tracks')",
}


def parents(name: str) -> set[str]:
    """The models that one reads, also those that a loop or a macro names."""
    code = SQL[name].code
    code += "\n".join(macro.code for macro in macros() if f"{macro.name}(" in code)
    found = set(QUOTED.findall(code)) & SQL.keys()
    for begin, end in PUT_TOGETHER.findall(code):
        found |= {other for other in SQL if other.startswith(begin) and other.endswith(end)}
    return found - {name}


def upstream(name: str) -> set[str]:
    """Everything that a model rests on."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        found = parents(waiting.pop()) - seen
        seen |= found
        waiting += found
    return seen


def test_every_fact_that_a_metric_reads_is_compared() -> None:
    folder = [model.code for model in models() if model.folder == "affected"]
    compared = {name for code in folder for name in COMPARED.findall(code)}
    compared |= {name for code in folder for name in LISTED.findall(code)}
    read = {
        name: model.relative
        for model in models()
        if model.layer == "metrics" and model.folder != "affected"
        for _, name in model.refs
        if name in SQL and SQL[name].layer == "core"
    }
    none_of(
        (
            f"{place}: {name}"
            for name, place in sorted(read.items())
            if name not in compared and name not in COMPARED_OTHERWISE
        ),
        "a metric reads a fact whose changes no refresh would notice",
    )
    text = "\n".join(folder)
    none_of(
        (
            f"{fact}: {lookup}"
            for fact, lookup in COMPARED_OTHERWISE.items()
            if lookup not in compared and lookup not in text
        ),
        "what stands for a fact is not compared",
    )


def test_what_is_kept_from_run_to_run_waits_for_the_affected_dates() -> None:
    kept = [model for model in models() if "materialized='incremental'" in model.code]
    assert len(kept) > 1
    none_of(
        (
            model.relative
            for model in kept
            if AFFECTED not in upstream(model.name) and "affected_only()" not in model.code
        ),
        "a table keeps its rows, but does not wait for the affected dates",
    )
