"""`health sentiment`: score the texts of customers that are not yet scored."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from scripts.lib import console as ui
from scripts.lib.settings import load_settings


def sentiment(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Score customers' texts with VADER and the lexicon of seeds/mappings/sentiment_lexicon.csv.

    Each distinct text is scored once; texts in other languages are kept without a score.

    Exit codes: 0 done (also with no texts), 2 configuration or infrastructure.
    """
    from scripts.lib.texts.sentiment import score_texts

    with ui.friendly_errors(as_json):
        started = time.process_time()
        result = score_texts(load_settings())
        seconds = time.process_time() - started
    if as_json:
        ui.print_json({**result.as_dict(), "cpu_seconds": round(seconds, 3)})
        return
    out = ui.make_console()
    out.print(f"[bold]Texts[/]    {result.scored:,} scored, {result.kept:,} already known")
    out.print(f"         {result.unsupported:,} of the new ones not in a supported language")
    out.print(f"Scorer   {result.scorer_version}")
    out.print(f"Sources  {', '.join(result.sources) or 'none found'}")
    if result.scored:
        rate = f"{result.scored / max(seconds, 1e-9):,.0f}"
        out.print(f"CPU      {seconds:.2f} s, {rate} texts a second")
    out.print(f"File     {result.path}", soft_wrap=True)
