"""The `health` command: one Typer application, one file per command."""

import typer

app = typer.Typer(
    name="health",
    help="Account health: from raw exports to a score that explains itself.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def root() -> None:
    """Account health: from raw exports to a score that explains itself."""


def main() -> None:
    """Run the command line; every command documents its exit codes in its help."""
    app()
