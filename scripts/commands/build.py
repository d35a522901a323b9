"""`health build`: check, score texts, run dbt into a new file, publish it in one step."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

import typer

from scripts.lib import console as ui
from scripts.lib.progress import Bar
from scripts.lib.settings import Settings, load_settings

# Not even the first sign may be that of an option.
SELECTION = re.compile(r"[\w+@*.:/\[,][\w+@*.:/\[\],-]*", re.ASCII)

AsOf = Annotated[str | None, typer.Option("--as-of", help="Scoring date, like 2025-12-31.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of text.")]


def parse_date(text: str | None, option: str = "--as-of") -> dt.date | None:
    """A date from the command line; nothing else can reach dbt."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ui.HealthError(
            f"{option} must be a date like 2025-12-31, got {text!r}.", "Correct the date."
        ) from None


def parse_selection(texts: list[str] | None) -> list[str]:
    """Names, methods and graph operators of dbt's node selection; no option can hide in them."""
    found = [word for text in texts or [] for word in text.split() or [text]]
    for word in found:
        if not SELECTION.fullmatch(word):
            raise ui.HealthError(
                f"--select cannot be {word!r}.", "Give nodes like fct_tickets+ or tag:nightly."
            )
    return found


def build(
    full_refresh: Annotated[
        bool, typer.Option("--full-refresh", help="Begin from nothing, without earlier history.")
    ] = False,
    select: Annotated[
        list[str] | None, typer.Option("--select", help="Only these nodes, on the last good build.")
    ] = None,
    as_of: AsOf = None,
    no_sentiment: Annotated[
        bool, typer.Option("--no-sentiment", help="Do not score new texts first.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Build the warehouse from the raw exports and publish it in one step.

    The last good build stays in place and readable until the new one is complete and tested.

    Exit codes: 0 built, 1 tests failed or data refused, 2 configuration or infrastructure,
    75 another build is running.
    """
    from scripts.lib.building import build_lock

    with ui.friendly_errors(as_json):
        settings = load_settings(parse_date(as_of))
        selection = parse_selection(select)
        with build_lock(settings) as lock:
            _check(settings)
            if not no_sentiment:
                _score_texts(settings, quiet=as_json)
            summary = _run(settings, lock, full_refresh, selection, as_json)
        if as_json:
            ui.print_json(summary)


def _check(settings: Settings) -> None:
    from scripts.lib.doctor.examine import CONFIGURATION, examine
    from scripts.lib.doctor.view import finding_text

    errors = [finding for finding in examine(settings) if finding.severity == "error"]
    if errors:
        configuration = any(finding.area == CONFIGURATION for finding in errors)
        raise ui.HealthError(
            "The build was not started; the last good build is unchanged.\n"
            + "\n".join(finding_text(finding) for finding in errors),
            "Correct these and run `health doctor` to check again.",
            ui.EXIT_CONFIGURATION if configuration else ui.EXIT_REFUSED,
        )


def _score_texts(settings: Settings, quiet: bool) -> None:
    from scripts.lib.texts.sentiment import score_texts

    result = score_texts(settings)
    if not quiet and result.scored:
        ui.make_console().print(f"Texts    {result.scored:,} scored, {result.kept:,} known")


def _run(
    settings: Settings, lock: int, full_refresh: bool, select: list[str], quiet: bool
) -> dict[str, Any]:
    from scripts.lib import building, dbt_runner

    from_last_good = bool(select) or (not full_refresh and building.carries_state(settings.root))
    new_file = building.start_file(settings, from_last_good=from_last_good)
    arguments = ["build", *(["--full-refresh"] if full_refresh else [])]
    arguments += ["--select", *select] if select else []
    with Bar(quiet=quiet) as bar:
        bar.step("build")
        outcome = dbt_runner.run_dbt(
            arguments,
            root=settings.root,
            environment=settings.environment(new_file),
            target_path=settings.root / "target" / "build",
            on_event=bar.event,
            inherited=[lock],
        )
    building.refuse_failures(
        outcome, f"The last good build is unchanged; the failed one is at {settings.building}."
    )
    building.publish(settings)
    counts = outcome.counts
    if not quiet:
        ui.make_console().print(
            f"Built    {counts.get('model', 0)} models, {counts.get('seed', 0)} seeds,"
            f" {counts.get('test', 0)} tests passed -> {settings.database}",
            soft_wrap=True,
        )
    return {"database": str(settings.database), "counts": counts, "failures": []}
