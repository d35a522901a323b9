"""What `--vars` may carry: a value of the declared type and range, and no text of SQL or Jinja."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.batteries import Counted
from support.project_files import ROOT
from support.small_project import Answer, SmallProject

from scripts.lib.var_rules import is_allowed, read_rules

RULES = read_rules(ROOT)
DEFAULTS: dict[str, Any] = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]
PAYLOADS = (
    "' or '1' = '1",
    "1 or 1 = 1",
    "x'; copy (select 1) to '{place}'; --",
    "'); copy (select 1) to '{place}'; --",
    "1); attach '/etc/passwd' as p; --",
    "' || (select content from read_text('/etc/hostname')) || '",
    "(select count(*) from read_text('/etc/hostname'))",
    "1; install httpfs; load httpfs",
    "1 union all select 1",
    "1 -- ",
    "1/**/or/**/1=1",
    "1e308",
    "week\n",
    "usd\u0000",
    "2025-12-31'::date --",
    "2025-02-30",
    "２０２５-12-31",
    "UTC' as timestamp) --",
    "{{{{ env_var('HOME') }}}}",
    "{{% set x = 1 %}}week",
    "../../../etc/passwd",
    "",
)
WRONG_TYPES: tuple[Any, ...] = (None, True, [1], {"a": 1}, {"a": {"b": "1 or 1 = 1"}}, -99999, 1e9)
JUDGE = """
{% macro judge() %}
    {%- set answers = [] -%}
    {%- for case in fromjson(env_var('CASES')) -%}
        {%- do answers.append(is_allowed_setting(setting_rules()[case[0]], case[1])) -%}
    {%- endfor -%}
    {{ print('ANSWERS' ~ tojson(answers)) }}
{% endmacro %}
"""
MODEL = "select {{ setting('churn_gap_days') }} as days, {{ as_of_date() }} as day"

COUNTED = Counted(
    "injection payloads: vars",
    len(RULES) * (len(PAYLOADS) + len(WRONG_TYPES)),
    50,
    "none accepted, none executed",
)
pytestmark = pytest.mark.battery


def bad_cases() -> list[tuple[str, Any]]:
    texts = [payload.format(place="/tmp/never") for payload in PAYLOADS]
    return [(name, value) for name in RULES for value in (*texts, *WRONG_TYPES)]


def good_cases() -> list[tuple[str, Any]]:
    edges = [
        (name, rule[end])
        for name, rule in RULES.items()
        if rule["type"] != "numbers"
        for end in ("minimum", "maximum")
        if end in rule
    ]
    choices = [(name, one) for name, rule in RULES.items() for one in rule.get("one_of", ())]
    zones = [("reporting_time_zone", "Australia/Lord_Howe"), ("as_of_date", "2024-02-29")]
    return [*DEFAULTS.items(), *edges, *choices, *zones]


def refused_cases(place: Path) -> list[tuple[dict[str, Any], str]]:
    """What --vars gives, and how it is refused."""
    write = f"copy (select 1) to '{place}'"
    executed = f'{{% if execute %}}{{% do run_query("{write}") %}}{{% endif %}}'
    return [
        ({"churn_gap_days": f"30); {write}; --"}, "churn_gap_days must be a whole number from 0"),
        # Renders to an allowed value when it is parsed, and would write when it runs.
        ({"spine_grain": executed + "week"}, "spine_grain must be one of week, month, got: {%"),
        ({"as_of_date": "{{ env_var('HOME') }}"}, "as_of_date must be a date like 2025-12-31"),
        ({"metric_parameters": {"a": {"days": f"1; {write}"}}}, "metric_parameters must be a tree"),
        ({"churn_gap_day": 30}, "There is no var churn_gap_day; --vars may give as_of_date,"),
        # No model of this project reads it.
        ({"reporting_time_zone": f"UTC'; {write}; --"}, "reporting_time_zone must be a time zone"),
    ]


@dataclass(frozen=True)
class Said:
    """What one process of dbt said to everything that is tried here."""

    place: Path
    judged: Answer
    refused: list[Answer]
    environment: Answer
    allowed: Answer
    compiled: str


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    project = SmallProject(tmp_path_factory.mktemp("vars"))
    project.write("models/probe.sql", MODEL)
    project.write("macros/judge.sql", JUDGE)
    place = project.folder / "written.csv"
    cases = json.dumps([*bad_cases(), *good_cases()])
    stacked = f"2025-12-31' as date); copy (select 1) to '{place}'; --"
    judged, environment, *refused, allowed = project.dbt(
        (["run-operation", "judge"], {"CASES": cases}),
        (["parse"], {"HEALTH_AS_OF_DATE": stacked}),
        *(["run", "--vars", json.dumps(given)] for given, _ in refused_cases(place)),
        (
            ["compile", "--select", "probe", "--vars", '{"churn_gap_days": 45}'],
            {"HEALTH_AS_OF_DATE": "2024-02-29"},
        ),
    )
    compiled = next((project.project / "target" / "compiled").glob("**/probe.sql")).read_text()
    return Said(place, judged, refused, environment, allowed, compiled)


def test_the_macro_and_the_doctor_judge_every_var_alike(said: Said) -> None:
    bad, good = bad_cases(), good_cases()
    assert said.judged.success, said.judged.error + said.judged.output
    judged = json.loads(said.judged.output.split("ANSWERS")[1].splitlines()[0])
    verdicts = list(zip([*bad, *good], judged, strict=True))
    assert [case for case, allowed in verdicts[: len(bad)] if allowed] == []
    assert [case for case, allowed in verdicts[len(bad) :] if not allowed] == []
    assert [
        case for case, allowed in verdicts if is_allowed(RULES[case[0]], case[1]) != allowed
    ] == []
    assert len(bad) >= 20 * len(PAYLOADS)


def test_what_the_command_line_gives_is_refused_at_parse(said: Said) -> None:
    cases = refused_cases(said.place)
    for answer, (given, message) in zip(said.refused, cases, strict=True):
        assert not answer.success, given
        assert message in answer.error, answer.error
        assert not answer.statuses, "something ran before the var was refused"
    assert not said.place.exists()


def test_the_environment_is_judged_as_the_command_line_is(said: Said) -> None:
    assert "as_of_date must be a date like 2025-12-31" in said.environment.error
    assert "HEALTH_AS_OF_DATE" in said.environment.error


def test_what_is_allowed_is_used(said: Said) -> None:
    assert said.allowed.success, said.allowed.error
    assert said.compiled == "select 45 as days, cast('2024-02-29' as date) as day"
