"""Runs a command line of another package with rare garbage collection.

dbt and sqlfluff build millions of objects that live until they end; looking through them again and
again is a tenth of their work. Usage, of sqlfluff's `lint` with its own arguments:
`python -m scripts.lib.rare_gc sqlfluff.cli.commands:cli lint`.
"""

from __future__ import annotations

import gc
import importlib
import sys

# Young objects before a collection; the default is 700.
YOUNG_OBJECTS = 200_000


def collect_rarely() -> None:
    """Let the collector of this process run rarely."""
    gc.set_threshold(YOUNG_OBJECTS, 50, 100)


def main() -> None:
    """Call `module:function` from the first argument with the others as its own."""
    module, _, function = sys.argv.pop(1).partition(":")
    collect_rarely()
    sys.argv[0] = module
    getattr(importlib.import_module(module), function)()


if __name__ == "__main__":
    main()
