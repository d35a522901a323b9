"""config/source_gate.yml: what is wrong is named with its line, by the doctor too."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.lib.console import HealthError
from scripts.lib.doctor.examine import examine
from scripts.lib.gate.config import FILE, RULES, check_gate_config, read_config
from scripts.lib.settings import PROJECT_ROOT, load_settings
from scripts.lib.source_contract import SourceContract

SETTINGS = load_settings()
TABLES = SourceContract(SETTINGS).tables
Document = dict[str, Any]


def project(folder: Path, change: Callable[[Document], None]) -> Path:
    """A project of which only the gate's file and the contract are there."""
    document = yaml.safe_load((PROJECT_ROOT / FILE).read_text(encoding="utf-8"))
    change(document)
    (folder / "config").mkdir()
    (folder / FILE).write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    shutil.copytree(PROJECT_ROOT / "models" / "staging", folder / "models" / "staging")
    return folder


def test_the_file_is_right() -> None:
    assert check_gate_config(PROJECT_ROOT, TABLES) == []
    assert set(read_config(SETTINGS).rules) == set(RULES)


def remove(*path: Any) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        for name in path[:-1]:
            document = document[name]
        del document[path[-1]]

    return change


def put(value: Any, *path: Any) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        for name in path[:-1]:
            document = document[name]
        document[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        (put({"reason": "x"}, "rules", "volumes"), ["rules.volumes", "not known"]),
        (remove("rules", "volume"), ["rules", "volume is missing"]),
        (remove("rules", "volume", "reason"), ["rules.volume", "no reason"]),
        (put("  ", "rules", "volume", "reason"), ["rules.volume", "no reason"]),
        (put("stop", "rules", "volume", "action"), ["rules.volume.action", "'stop'"]),
        (put("much", "rules", "volume", "limits", "low"), ["rules.volume.limits.low", "'much'"]),
        (put(-1, "rules", "volume", "limits", "low"), ["rules.volume.limits.low", "-1"]),
        (put(float("nan"), "rules", "volume", "limits", "low"), ["rules.volume.limits.low"]),
        (remove("rules", "volume", "limits", "low"), ["rules.volume", "low is missing"]),
        (put(1, "rules", "volume", "limits", "middle"), ["middle is not known"]),
        (put("block", "rules", "volume"), ["rules.volume", "no mapping"]),
        (put("block", "rules"), ["rules", "no mapping"]),
        (put("x", "overrides", 0, "rule"), ["overrides.0", "rule x is not known"]),
        (put("zendesk.tickets", "overrides", 0, "table"), ["overrides.0", "zendesk.tickets"]),
        (put(["colour"], "overrides", 0, "columns"), ["overrides.0", "no column colour"]),
        (remove("overrides", 0, "reason"), ["overrides.0", "no reason"]),
        (put({"rule": "orphan"}, "overrides"), ["overrides", "no list"]),
        (remove("sources", "stripe"), ["sources", "stripe is missing"]),
        (remove("sources", "stripe", "max_age_hours"), ["sources.stripe"]),
        (remove("sources", "stripe", "reason"), ["sources.stripe", "no reason"]),
        (put({"max_age_hours": 1, "reason": "x"}, "sources", "oracle"), ["sources.oracle"]),
        (put("stripe.customer.key", "relations", "stripe.invoice.customer_id"), ["no column key"]),
        (put("salesforce.accounts.id", "relations", "stripe.invoice.customer_id"), ["no table"]),
        (put(["colour"], "natural_keys", "stripe.invoice"), ["stripe.invoice", "colour"]),
        (put([["created"]], "date_orders", "stripe.invoice"), ["no pair"]),
        (put(["name"], "names", "salesforce.acount"), ["salesforce.acount", "no table"]),
        (put("stripe.nothing", "lasting_keys", 0), ["stripe.nothing"]),
        (put({}, "surprises"), ["surprises is not known"]),
    ],
)  # fmt: skip
def test_a_mistake_is_named(
    tmp_path: Path, change: Callable[[Document], None], parts: list[str]
) -> None:
    root = project(tmp_path, change)
    findings = check_gate_config(root, TABLES)
    texts = [f"{row.place}: {row.message} | {row.advice}" for row in findings]
    assert any(all(part in text for part in parts) for text in texts), texts
    assert all(text.startswith(FILE) for text in texts)
    with pytest.raises(HealthError) as error:
        read_config(replace(SETTINGS, root=root))
    assert error.value.exit_code == 2


def test_the_line_is_the_line(tmp_path: Path) -> None:
    root = project(tmp_path, put("stop", "rules", "volume", "action"))
    (finding,) = check_gate_config(root, TABLES)
    lines = (root / FILE).read_text().splitlines()
    assert finding.row is not None
    assert lines[finding.row - 1].strip() == "action: stop"


@pytest.mark.parametrize("text", ["rules: [", "", "- a list", "rules: {a: {b: c}}"])
def test_a_file_that_is_none(tmp_path: Path, text: str) -> None:
    root = project(tmp_path, lambda document: None)
    (root / FILE).write_text(text)
    assert check_gate_config(root, TABLES)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    root = project(tmp_path, lambda document: None)
    (root / FILE).unlink()
    assert "cannot be read" in check_gate_config(root, TABLES)[0].message


def test_the_doctor_reads_it(tmp_path: Path) -> None:
    root = project(tmp_path, put("stop", "rules", "volume", "action"))
    for name in ("seeds", "dbt_project.yml"):
        source = PROJECT_ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, root / name)
    files = {row.file for row in examine(replace(SETTINGS, root=root, raw_dir=tmp_path))}
    assert FILE in files


def test_an_exception_for_a_column_wins_over_one_for_its_table() -> None:
    config = read_config(SETTINGS)
    assert config.rule("column_gone", "stripe.invoice", "status").action == "block"
    assert config.rule("column_gone", "stripe.invoice", "number").action == "warn"
    assert config.rule("orphan", "zendesk.user", "organization_id").limit("share") == 0.3
    assert config.rule("orphan", "zendesk.user").limit("share") == 0.05
