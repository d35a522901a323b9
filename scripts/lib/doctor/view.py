"""Findings as text."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from scripts.lib.findings import ERROR, Finding


def finding_text(finding: Finding) -> str:
    """One finding in two lines: where and what, then what to do."""
    return f"{finding.place}: {finding.message}\n  -> {finding.advice}"


def show_findings(console: Console, findings: list[Finding]) -> None:
    """All findings, and a last line that says whether a build can begin."""
    for finding in findings:
        style = "red" if finding.severity == ERROR else "yellow"
        console.print(
            f"[{style}]{finding.severity:<8}[/] [bold]{escape(finding.place)}[/]", soft_wrap=True
        )
        console.print(f"         {escape(finding.message)}", soft_wrap=True)
        console.print(f"         [bright_black]-> {escape(finding.advice)}[/]", soft_wrap=True)
    errors = sum(finding.severity == ERROR for finding in findings)
    warnings = len(findings) - errors
    if not findings:
        console.print("[green]All checks passed[/]: a build can begin.")
    elif errors:
        console.print(f"{errors} errors, {warnings} warnings: correct the errors before a build.")
    else:
        console.print(f"{warnings} warnings: a build can begin.")
