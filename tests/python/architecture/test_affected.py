"""What a refresh computes again: nothing that a metric reads may change unnoticed."""

from __future__ import annotations

import re

import yaml
from support.project_files import ROOT, macros, models, none_of, seed_names, yaml_nodes

SQL = {model.name: model for model in models()}
COMPARED = re.compile(r"changed_rows\(\s*ref\('(\w+)'\)")
LISTED = re.compile(r"'((?:fct|dim|bridge|int)_\w+)'")
QUOTED = re.compile(r"'(\w+)'")
PUT_TOGETHER = re.compile(r"ref\('(\w+)' ~ \w+(?: ~ '(\w+)')?\)")
STRATEGY = re.compile(r"incremental_strategy='(\w+)'")
LANDED_BY = re.compile(r"'landed_by': \{'(\w+)': '(\w+)'\}")
LANDED = re.compile(r"landed_values\(\s*ref\('(\w+)'\)")
# A loop puts the names together of a beginning and what it runs through.
COMPARED_IN_LOOP = re.compile(r"(?:changed_rows|landed_values)\(\s*ref\('(\w+)' ~ \w+\)")
NARROWED = ("changed_only(", "changed_part(", "is_changed(")
# What the last warehouse held is no parent of what this one will.
CARRIED = re.compile(r"carried_rows\(\s*'\w+'")
CHANGES = "int_changes__"
PART = re.compile(r"changed_part\([^']*'\w+'\), '(\w+)'\)")
KEPT_BY = re.compile(r"'kept_by': \{([^}]*)\}")
AFFECTED = "int_metrics_affected__dates"
# Read through a lookup that is compared itself, or (usage) through the landed files.
COMPARED_OTHERWISE = {
    "fct_account_active_periods": "int_metrics_market__industry_outcomes",
    "fct_source_outages": "int_metrics_sources__late_values",
    "fct_usage_events": "landed_change('product_events', 'tracks')",
}


def parents(name: str) -> set[str]:
    """The models that one reads, also those that a loop or a macro names."""
    code = CARRIED.sub("", SQL[name].code)
    code += "\n".join(macro.code for macro in macros() if f"{macro.name}(" in code)
    found = set(QUOTED.findall(code)) & SQL.keys()
    for begin, end in PUT_TOGETHER.findall(code):
        found |= {other for other in SQL if other.startswith(begin) and other.endswith(end)}
    return found - {name}


def read_by(name: str) -> set[str]:
    """The parents whose rows a model reads; keys that changed only say which of its own stay."""
    parts = set(PART.findall(SQL[name].code))
    return {other for other in parents(name) if not other.startswith(CHANGES) or other in parts}


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


def kept() -> dict[str, str]:
    """The strategy of each model that keeps its rows from run to run."""
    project = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    found = {}
    for model in models():
        if "materialized='incremental'" not in model.code:
            continue
        own = STRATEGY.search(model.code)
        if own:
            found[model.name] = own[1]
            continue
        strategy = None
        level = project["models"]["account_health"]
        for folder in (model.layer, *model.folder.split("/")):
            level = level.get(folder, {})
            strategy = level.get("+incremental_strategy", strategy)
        found[model.name] = str(strategy)
    return found


def test_what_is_kept_is_kept_in_a_declared_way() -> None:
    assert set(kept().values()) == {
        "affected_dates",
        "changed_keys",
        "landed_groups",
        "landed_rejects",
        "landed_suspects",
    }


def test_what_is_kept_by_date_waits_for_the_affected_dates() -> None:
    dated = [name for name, strategy in kept().items() if strategy == "affected_dates"]
    assert len(dated) > 1
    none_of(
        (
            SQL[name].relative
            for name in dated
            if AFFECTED not in upstream(name) and "affected_only()" not in SQL[name].code
        ),
        "a table keeps its rows, but does not wait for the affected dates",
    )


def changes_behind(name: str) -> set[str]:
    """The models of changed keys that one is kept by or rests on, and those that they rest on."""
    found = {parent for parent in parents(name) if parent.startswith(CHANGES)}
    found |= {
        key for keys in KEPT_BY.findall(SQL[name].code) for key in QUOTED.findall(keys)
    } & set(SQL)
    project = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    folder = project["models"]["account_health"]
    for part in (SQL[name].layer, *SQL[name].folder.split("/")):
        folder = folder.get(part, {})
    if "materialized='incremental'" in SQL[name].code:
        found |= set(folder.get("+meta", {}).get("kept_by", {}).values())
    return found.union(*map(changes_behind, found))


def compared_by(changes: str) -> set[str]:
    """What a model of changed keys compares."""
    code = SQL[changes].code
    found = set(COMPARED.findall(code)) | set(LANDED.findall(code))
    for begin in COMPARED_IN_LOOP.findall(code):
        found |= {begin + end for end in QUOTED.findall(code) if begin + end in SQL}
    return found


def test_what_is_kept_by_key_rests_on_nothing_that_is_not_compared() -> None:
    """Each parent is compared key by key, kept by a key that is, or made of such alone."""
    keyed = [name for name, strategy in kept().items() if strategy == "changed_keys"]
    assert len(keyed) > 5
    narrowed = {name for name in SQL if any(call in SQL[name].code for call in NARROWED)}
    places = [
        f"{SQL[name].relative}: the date of the run"
        for name in narrowed
        if "as_of_date()" in SQL[name].code
    ]
    places += [f"{SQL[name].relative}: reads all keys" for name in keyed if name not in narrowed]
    for name in keyed:
        behind = changes_behind(name)
        compared = set().union(*map(compared_by, behind))

        def uncovered(
            parent: str, behind: set[str] = behind, compared: set[str] = compared
        ) -> set[str]:
            if parent in compared or parent in seed_names() or parent in behind:
                return set()
            if parent in keyed and changes_behind(parent) <= behind:
                return set()
            if parents(parent):
                return set().union(*map(uncovered, read_by(parent)))
            read = {other for _, other in SQL[parent].refs}
            return set() if read and read <= seed_names() else {parent}

        places += [
            f"{SQL[name].relative}: {parent}"
            for parent in set().union(*map(uncovered, parents(name)))
        ]
    none_of(places, "a table keeps the rows of a key while something that they rest on changes")


def test_what_is_narrowed_is_read_by_what_is_kept() -> None:
    """A view of the changed keys alone would leave out the others of a table built anew."""
    keyed = {name for name, strategy in kept().items() if strategy == "changed_keys"}
    views = {name for name in SQL if "materialized='view'" in SQL[name].code}
    narrowed = {name for name in views if any(call in SQL[name].code for call in NARROWED)}
    assert len(narrowed) > 5

    def seen_through(name: str) -> set[str]:
        below = parents(name) & views
        return below.union(*map(seen_through, below))

    none_of(
        (
            f"{SQL[name].relative}: {view}"
            for name in SQL.keys() - views - keyed
            for view in sorted(seen_through(name) & narrowed)
        ),
        "a table that is built anew reads a view of the changed keys alone",
    )


def test_what_is_kept_of_a_raw_table_can_be_found_again() -> None:
    """By columns of the raw key, under their own value and in a column of their own."""
    contracts = {
        (source.node["name"], table["name"]): table
        for source in yaml_nodes("models/staging", "sources")
        for table in source.node["tables"]
    }
    places = []
    for name, strategy in kept().items():
        if strategy == "landed_rejects":
            assert name.startswith("quarantine_")
        if strategy != "landed_groups":
            continue
        (raw, staged) = LANDED_BY.findall(SQL[name].code)[0]
        system, table = name.removeprefix("stg_").split("__")
        contract = contracts[system, table]
        rules = {column["name"]: column for column in contract["columns"]}
        meta = rules[raw].get("config", {}).get("meta", {})
        line = rf"^        (?:\w+\.)?{raw}{'' if raw == staged else f' as {staged}'},$"
        if raw != contract["config"]["meta"]["key"][0]:
            places.append(f"{SQL[name].relative}: {raw} is not what the key begins with")
        if (
            "enum" in meta
            or meta.get("erase") == "value"
            or not re.search(line, SQL[name].code, re.MULTILINE)
        ):
            places.append(f"{SQL[name].relative}: {raw} is not staged as it was loaded")
    none_of(places, "a staged table keeps rows that it could not find again")
