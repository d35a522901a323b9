"""`health doctor`: check the configuration and the raw files before a build."""

from __future__ import annotations

from typing import Annotated

import typer

from scripts.lib import console as ui
from scripts.lib.settings import load_settings


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Check the scoring model, the vars and the raw exports; name file and row of each finding.

    Exit codes: 0 a build can begin, 2 something must be corrected first.
    """
    from scripts.lib.doctor.examine import examine
    from scripts.lib.doctor.view import show_findings
    from scripts.lib.findings import ERROR

    with ui.friendly_errors(as_json):
        findings = examine(load_settings())
    errors = sum(finding.severity == ERROR for finding in findings)
    if as_json:
        ui.print_json(
            {
                "errors": errors,
                "warnings": len(findings) - errors,
                "findings": [finding.as_dict() for finding in findings],
            }
        )
    else:
        show_findings(ui.make_console(), findings)
    if errors:
        raise typer.Exit(ui.EXIT_CONFIGURATION)
