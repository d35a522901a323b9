"""Every option of the command line and every configuration file, given what tries to be code."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from support.batteries import Counted
from support.project_files import ROOT
from support.running import health, health_json

from scripts.commands.build import parse_selection
from scripts.lib.console import HealthError
from scripts.lib.gate.config import check_gate_config
from scripts.lib.refresh.configuration import read_configuration
from scripts.lib.settings import load_settings
from scripts.lib.source_contract import SourceContract

SECRET = "canary-of-a-file-that-nobody-may-read"
PAYLOADS = {
    "stacked": "x'; copy (select 1) to '{place}'; --",
    "tautology": "x' or '1' = '1",
    "union": "x' union all select content from read_text('{secret}') --",
    "call": "read_text('{secret}')",
    "attach": "x'; attach '{place}' as other; --",
    "jinja": "{{{{ env_var('HOME') }}}}",
    "jinja_call": "{{% do run_query('copy (select 1) to ''{place}''') %}}",
    "shell": "$(touch {place})",
    "backticks": "`touch {place}`",
    "pipe": "x; touch {place} | cat {secret}",
    "format": "{{0.__class__.__mro__}}",
    "absolute": "{secret}",
    "traversal": "../../../../../../..{secret}",
    "option": "--project-dir={place}",
    "variables": '--vars={{"churn_gap_days": "1 or 1 = 1"}}',
    "tag": "!!python/object/apply:os.system ['touch {place}']",
    "markup": "[link=file://{secret}]x[/link]",
    "terminal": "\x1b]0;owned\x07\x1b[2J",
    "null": "x\x00y",
    "newline": "x\n--project-dir {place}",
}
OPTIONS: dict[str, Callable[[str], list[str]]] = {
    "explain account": lambda text: ["explain", text],
    "explain objective": lambda text: ["explain", "A1", "--objective", text],
    "explain as-of": lambda text: ["explain", "A1", "--as-of", text],
    "portfolio objective": lambda text: ["portfolio", "--objective", text],
    "build as-of": lambda text: ["build", "--as-of", text],
    "build select": lambda text: ["build", "--select", text],
    "refresh as-of": lambda text: ["refresh", "--as-of", text],
    "refresh timeout": lambda text: ["refresh", "--timeout", text],
    "status max-age": lambda text: ["status", "--max-age", text],
    "rollback to": lambda text: ["rollback", "--to", text],
    "freeze version": lambda text: ["freeze", "--baseline-version", text],
    "freeze typical": lambda text: ["freeze", "--baseline-version", "x", "--typical", text],
    "sample accounts": lambda text: ["sample", "--accounts", text],
    "sample world": lambda text: ["sample", "--world", text],
    "sample end": lambda text: ["sample", "--end", text],
    "simulate candidate": lambda text: ["simulate", text],
    "simulate objective": lambda text: ["simulate", "v1", "--objective", text],
    "simulate with": lambda text: ["simulate", "v2", "--with", text],
    "export format": lambda text: ["export", "--format", text],
}

COUNTED = Counted(
    "injection payloads: options of the command line",
    len(OPTIONS) * len(PAYLOADS),
    50,
    "none executed, nothing read or written",
)
pytestmark = pytest.mark.battery


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_option_is_never_code(
    tmp_path: Path, tiny_warehouse: Path, option: str, payload: str
) -> None:
    secret, place = tmp_path / "secret", tmp_path / "written"
    secret.write_text(SECRET)
    text = PAYLOADS[payload].format(place=place, secret=secret)
    before = files_of(tmp_path)
    result = health(
        *OPTIONS[option](text),
        db=tmp_path / "none.duckdb" if option.startswith("build") else tiny_warehouse,
        raw_dir=tmp_path / "raw",
        published_dir=tmp_path / "published",
        state_dir=tmp_path / "state",
    )
    assert result.exit_code == 2, result.output
    assert SECRET not in result.output
    assert "\x1b" not in result.output and "\x07" not in result.output
    assert not place.exists()
    kept = {"building", "building/.lock"}
    assert files_of(tmp_path) - before <= kept, "a refused command left files"


def test_only_node_selection_is_handed_to_dbt() -> None:
    allowed = [
        "fct_tickets+", "+fct_tickets", "1+fct_tickets+2", "@fct_tickets", "tag:nightly",
        "path:models/core", "staging.salesforce", "config.materialized:table", "a,b", "source:*",
    ]  # fmt: skip
    assert parse_selection([*allowed, "a b"]) == [*allowed, "a", "b"]
    assert parse_selection(None) == []
    for refused in ("--vars", "-t", "", " ", "a --vars", "a;b", "a'b", "{{ a }}", "a\x00b"):
        with pytest.raises(HealthError):
            parse_selection([refused])


@pytest.mark.parametrize(
    "file", ["config/refresh.yml", "config/source_gate.yml", "dbt_project.yml"]
)
def test_a_configuration_file_is_data(tmp_path: Path, file: str) -> None:
    place = tmp_path / "written"
    for name in ("config", "models/staging", "macros/project"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "dbt_project.yml", tmp_path)
    path = tmp_path / file
    tagged = f"!!python/object/apply:os.system ['touch {place}']"
    path.write_text(f"{path.read_text()}\nextra: {tagged}\n", encoding="utf-8")
    settings = load_settings(root=tmp_path)
    if file == "dbt_project.yml":
        result = health("doctor", project_dir=tmp_path, raw_dir=tmp_path / "raw")
        assert result.exit_code == 2 and "cannot be read" in result.stdout
    elif file == "config/refresh.yml":
        with pytest.raises(HealthError, match="cannot be read"):
            read_configuration(tmp_path)
    else:
        assert check_gate_config(tmp_path, SourceContract(settings).tables)
    assert not place.exists()


def test_names_of_accounts_are_shown_not_obeyed(tiny_warehouse: Path, tmp_path: Path) -> None:
    names = [
        "\x1b]0;owned\x07",
        "\x1b[2J\x1b[H all is well",
        "[link=file:///etc/passwd]click[/link]",
        "[bold red]x[/]",
        "a\u202eb\u2066c",
    ]
    database = tmp_path / "health.duckdb"
    shutil.copy(tiny_warehouse, database)
    with duckdb.connect(str(database)) as connection:
        for number, name in enumerate(names, 1):
            connection.execute(
                "update core.dim_accounts set account_name = ? where account_id = ?",
                [name, f"A{number}"],
            )
    outputs = [health("portfolio", db=database).output]
    outputs += [health("explain", f"A{number}", db=database).output for number in range(1, 6)]
    outputs.append(health("explain", "nobody", db=database).output)
    for output in outputs:
        signs = {sign for sign in output if unicodedata.category(sign) in ("Cc", "Cf")}
        assert signs <= {"\n"}, signs
    assert "[link=file:///etc/passwd]click[/link]" in outputs[3]
    document = health_json("explain", "A1", db=database)
    assert document["account"]["account_name"] == "\ufffd]0;owned\ufffd"


def files_of(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}
