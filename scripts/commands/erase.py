"""`health erase`: remove people from everything that runs read, keep and write."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scripts.commands.build import AsJson
from scripts.lib import console as ui
from scripts.lib.settings import load_settings


def erase(
    subjects_file: Annotated[
        Path, typer.Argument(metavar="SUBJECTS.csv", help="The people: columns kind and value.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count only; change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove people from raw and accepted files, builds, published versions, artifacts and logs.

    Kinds: email, contact_id, support_user_id, survey_person_id, marketing_contact_id,
    product_user_id, and text for any other words of a person. One key is enough: the others of the
    same person are found. Rows about the person go, references to the person are blanked, and a
    list of keyed hashes keeps later exports from bringing them back.

    Exit codes: 0 erased, or counted with --dry-run; 1 something is still found, see the list;
    2 configuration or infrastructure, run it again; 75 a refresh or a build is running.
    """
    from scripts.lib.privacy.erase import erase as run
    from scripts.lib.privacy.subjects import read_subjects
    from scripts.lib.refresh.places import load_places

    with ui.friendly_errors(as_json):
        settings = load_settings()
        places = load_places(settings)
        subjects = read_subjects(subjects_file)
        if not (dry_run or yes or as_json):
            typer.confirm(f"Erase {subjects.count} subjects for good?", abort=True)
        result = run(settings, places, subjects, dry_run=dry_run)
        if as_json:
            ui.print_json(result.as_dict())
        else:
            _show(result.as_dict())
        if result.remaining:
            raise typer.Exit(ui.EXIT_REFUSED)


def _show(counts: dict[str, object]) -> None:
    out = ui.make_console()
    would = "would be " if counts["dry_run"] else ""
    out.print(f"[bold]Subjects[/]   {counts['subjects']}, known by {counts['keys']} keys")
    out.print(
        f"[bold]Raw files[/]  {counts['files']} {would}changed: {counts['rows_removed']:,} rows"
        f" removed, {counts['values_blanked']:,} values blanked"
    )
    out.print(
        f"[bold]Databases[/]  {counts['databases']} {would}copied:"
        f" {counts['database_rows_removed']:,} rows removed,"
        f" {counts['database_values_blanked']:,} values blanked"
    )
    out.print(f"[bold]Others[/]     {counts['other_files']} logs and artifacts {would}changed")
    remaining = counts["remaining"]
    assert isinstance(remaining, list)
    for path in remaining:
        out.print(f"[bold red]Still found[/] in {path}", soft_wrap=True)
    if not counts["dry_run"] and not remaining:
        out.print("Nothing is left. Delete the list of subjects, then run `health refresh`.")
