"""A landed table of the load sequences: one file that is replaced, or a folder of parts."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from scripts.lib.sample.schema import RawTable

WHOLE = ""  # the name of a table's only file
Rows = pl.DataFrame


@dataclass
class LandedTable:
    """What lies in the raw folder now; `changed` are the files that the next load writes."""

    spec: RawTable
    files: dict[str, Rows]
    changed: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return f"{self.spec.system}.{self.spec.name}"

    @property
    def is_in_parts(self) -> bool:
        return WHOLE not in self.files

    @property
    def rows(self) -> Rows:
        return pl.concat(self.files.values())

    def put(self, file: str, rows: Rows) -> None:
        """Replace or add a file."""
        self.files[file] = rows
        self.changed.add(file)

    def append(self, rows: Rows, part: str) -> None:
        """Land rows beside the others: in the load's own part, or at the end of the one file."""
        if rows.is_empty():
            return
        file = part if self.is_in_parts else WHOLE
        present = self.files.get(file)
        self.put(file, rows if present is None else pl.concat([present, rows]))

    def update(self, rows: Rows, part: str) -> None:
        """Land newer versions: parts keep the older ones beside them, a file holds the newest."""
        if not self.is_in_parts:
            self.remove(rows)
        self.append(rows, part)

    def overwrite(self, old: Rows, new: Rows) -> None:
        """Put rows in the place of others, in whichever file those lie."""
        keys = list(self.spec.key)
        for file, present in self.files.items():
            found = present.join(old.select(keys), on=keys, how="semi", nulls_equal=True)
            if found.is_empty():
                continue
            others = present.join(old.select(keys), on=keys, how="anti", nulls_equal=True)
            placed = new.join(found.select(keys), on=keys, how="semi", nulls_equal=True)
            self.put(file, pl.concat([others, placed]))

    def remove(self, rows: Rows) -> None:
        """Take every row of some keys out of the files."""
        keys = rows.select(self.spec.key)
        for file, present in self.files.items():
            left = present.join(keys, on=self.spec.key, how="anti", nulls_equal=True)
            if left.height < present.height:
                self.put(file, left)

    def split(self, parts: dict[str, Rows]) -> None:
        """Lie in these files from now on."""
        self.files = parts
        self.changed = set(parts)

    def write(self, raw_dir: Path, previous: Path | None) -> None:
        """Write what has changed; the rest are links to the files of the load before."""
        folder = raw_dir / self.spec.system
        folder.mkdir(parents=True, exist_ok=True)
        for file, rows in self.files.items():
            relative = f"{self.spec.name}/{file}.parquet" if file else f"{self.spec.name}.parquet"
            target = folder / relative
            target.parent.mkdir(exist_ok=True)
            if file in self.changed or previous is None:
                rows.write_parquet(target)
            else:
                os.link(previous / self.spec.system / relative, target)
        self.changed.clear()


def by_month(table: RawTable, rows: Rows) -> dict[str, Rows]:
    """A part for each month of load."""
    month = pl.col(table.clock).dt.strftime("%Y-%m")
    parts = {
        str(key[0]): part
        for key, part in rows.with_columns(month.alias("_month"))
        .partition_by("_month", as_dict=True, include_key=False)
        .items()
    }
    return dict(sorted(parts.items())) or {"0000-00": rows}


def pick(rng: random.Random, rows: Rows, most: int) -> Rows:
    """One to `most` rows of a table, or none of an empty one."""
    if rows.is_empty():
        return rows
    return rows[sorted(rng.sample(range(rows.height), min(rows.height, rng.randint(1, most))))]
