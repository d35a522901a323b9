"""What a person may set: vars have one reader, one declaration, and are judged in every run."""

import re

import yaml
from support.project_files import ROOT, macros, models, none_of, sql_tests

from scripts.lib.var_rules import read_rules

READER = "macros/project/setting.sql"
# Folders and files to read are no values of a query.
READS_THE_ENVIRONMENT = {
    READER,
    "macros/engine/files/readable_folders.sql",
    "macros/engine/carrying/carried_path.sql",
}
PROJECT = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
VAR = re.compile(r"(?<![\w.])var\s*[(.]")
ENVIRONMENT = re.compile(r"\benv_var\s*\(")
VAR_IN_YAML = re.compile(r"\{\{[^}]*" + VAR.pattern)
SETTING = re.compile(r"\bsetting\(\s*(.*?)\s*\)")


def test_vars_have_one_reader() -> None:
    files = [file for file in (*models(), *macros(), *sql_tests()) if file.relative != READER]
    none_of(
        (place for file in files for place in file.find(VAR)),
        f"a var is read past its check; call setting() ({READER})",
    )
    none_of(
        (
            place
            for file in files
            if file.relative not in READS_THE_ENVIRONMENT
            for place in file.find(ENVIRONMENT)
        ),
        "SQL reads the environment past its check",
    )


def test_yaml_reads_no_vars() -> None:
    places = (
        str(path.relative_to(ROOT))
        for folder in ("models", "seeds", "snapshots", "macros", "tests")
        for path in (ROOT / folder).glob("**/*.yml")
        if VAR_IN_YAML.search(path.read_text(encoding="utf-8"))
    )
    none_of(places, "a YAML file reads a var, where no check can stand")
    assert not VAR_IN_YAML.search((ROOT / "profiles.yml").read_text(encoding="utf-8"))


def test_every_var_has_a_rule_and_every_rule_a_var() -> None:
    assert list(PROJECT["vars"]) == list(read_rules(ROOT))


def test_settings_are_asked_for_by_name() -> None:
    names = {f"'{name}'" for name in read_rules(ROOT)}
    names |= {name.replace("'", '"') for name in names}
    none_of(
        (
            f"{file.relative}: {found[0]}"
            for file in (*models(), *macros())
            if file.layer != "project" or file.name == "metric_parameter"
            for found in SETTING.finditer(file.code)
            if found[1] not in names
        ),
        "setting() is called with something that is no var's name",
    )


def test_every_run_begins_with_the_lock_and_the_checks() -> None:
    assert PROJECT["on-run-start"] == [
        "{{ attach_carried() }}",  # read-only, and the last file that a run opens
        "{{ lock_engine() }}",
        "{{ note_landed() }}",
        "{{ check_settings() }}",
    ]


def test_no_profile_sets_what_a_locked_engine_refuses() -> None:
    for path in (ROOT / "profiles.yml", *ROOT.glob("examples/*/profiles.yml")):
        outputs = yaml.safe_load(path.read_text(encoding="utf-8"))["account_health"]["outputs"]
        assert not [name for name, output in outputs.items() if "settings" in output], path
