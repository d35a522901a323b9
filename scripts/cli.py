"""The `health` command: one Typer application, one file per command."""

import typer

from scripts.commands.acceptance import acceptance
from scripts.commands.actions import actions
from scripts.commands.bench import bench
from scripts.commands.build import build
from scripts.commands.docs import docs
from scripts.commands.doctor import doctor
from scripts.commands.erase import erase
from scripts.commands.explain import explain
from scripts.commands.export import export
from scripts.commands.freeze import freeze
from scripts.commands.override import override
from scripts.commands.portfolio import portfolio
from scripts.commands.refresh import refresh
from scripts.commands.rollback import rollback
from scripts.commands.sample import sample
from scripts.commands.seal import seal
from scripts.commands.sentiment import sentiment
from scripts.commands.simulate import simulate
from scripts.commands.status import status

app = typer.Typer(
    name="health",
    help="Account health: from raw exports to a score that explains itself.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(build)
app.command()(refresh)
app.command()(status)
app.command()(rollback)
app.command()(sample)
app.command()(portfolio)
app.command()(explain)
app.command()(actions)
app.add_typer(override, name="override")
app.command()(export)
app.command()(doctor)
app.command()(sentiment)
app.command()(docs)
app.command()(erase)
app.command()(freeze)
app.command()(simulate)
app.command()(seal)
app.command()(acceptance)
app.command()(bench)


@app.callback()
def root() -> None:
    """Account health: from raw exports to a score that explains itself."""


def main() -> None:
    """Run the command line; every command documents its exit codes in its help."""
    app()


if __name__ == "__main__":
    main()
