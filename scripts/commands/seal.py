"""`health seal`: the hashes of a version of the scoring model, before it is published."""

from __future__ import annotations

from typing import Annotated

import typer

from scripts.lib import console as ui
from scripts.lib.settings import load_settings


def seal(
    version: Annotated[str, typer.Argument(help="score_version of the seeds.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Seal again a version that no score was published by.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Seal a version: `health doctor` then says if anything that decides its scores changes.

    A version is published by is_published in score_versions.csv, once every required function has
    approved it. What it consists of then stays as it is; another version follows it.

    Exit codes: 0 sealed, 1 the version is sealed already, 2 there is no such version.
    """
    from scripts.lib.findings import read_seed
    from scripts.lib.governance.seals import changed_parts, sealed_hashes, write_seals

    root = load_settings().root
    with ui.friendly_errors(as_json):
        versions = read_seed(root, "seeds/governance/model_versions.csv").values("score_version")
        if version not in versions:
            raise ui.HealthError(
                f"There is no version {version}.",
                "Give it an owner, a rationale and dates in seeds/governance/model_versions.csv.",
            )
        if sealed_hashes(root, version) and not replace:
            changed = changed_parts(root, version)
            raise ui.HealthError(
                f"Version {version} is sealed"
                + (f", and {', '.join(changed)} changed since." if changed else "."),
                "Put the rows back and give the new ones a version of their own; or add --replace"
                " if no score was published by it.",
                ui.EXIT_REFUSED,
            )
        parts = write_seals(root, version)
        if as_json:
            ui.print_json({"version": version, "parts": parts})
        else:
            ui.make_console().print(f"Sealed version {version}: {parts} parts.")
