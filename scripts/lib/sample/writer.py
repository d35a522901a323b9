"""Writing a raw folder in one piece: into a side folder first, then swapped in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import polars as pl

from scripts.lib.gate.manifest import write_manifests
from scripts.lib.sample.config import FileFormat
from scripts.lib.sample.dirt import Dirt
from scripts.lib.sample.schema import TABLES

MARKER = "_sample.json"
ROW_GROUP = 250_000


class ForeignFolderError(Exception):
    """The target folder holds files that no sample run has made."""


class RawWriter:
    """Casts every table to its contract, soils it and writes it to the side folder."""

    def __init__(self, folder: Path, file_format: FileFormat, dirt: Dirt) -> None:
        """Start with an empty side folder."""
        self.folder = folder
        self.side = folder.with_name(folder.name + ".partial")
        self.file_format = file_format
        self.dirt = dirt
        self.rows: dict[str, int] = {}
        check_replaceable(folder)
        shutil.rmtree(self.side, ignore_errors=True)
        self.side.mkdir(parents=True)

    def conform(
        self, system: str, table: str, columns: Mapping[str, object], rng: np.random.Generator
    ) -> pl.DataFrame:
        """Typed columns in contract order, only rows that the loader can know, then dirt."""
        spec = TABLES[(system, table)]
        missing = set(spec.columns) ^ set(columns)
        if missing:
            raise ValueError(f"{system}.{table}: columns differ from the contract: {missing}")
        height = max(len(v) for v in columns.values() if isinstance(v, pl.Series | np.ndarray))
        frame = pl.DataFrame(
            {name: _column(columns[name], kind, height) for name, kind in spec.columns.items()}
        )
        limit = pl.lit(self.dirt.last_load * 1_000_000).cast(pl.Datetime("us"))
        frame = frame.filter(pl.col(spec.clock) < limit)
        return self.dirt.apply(system, table, frame, rng).sort(spec.clock, maintain_order=True)

    def put(
        self, system: str, table: str, columns: Mapping[str, object], rng: np.random.Generator
    ) -> None:
        """Write one table."""
        frame = self.conform(system, table, columns, rng)
        self._write(frame, self._path(system, table))
        self.rows[f"{system}.{table}"] = frame.height

    def put_parts(self, system: str, table: str, parts: Iterator[pl.DataFrame]) -> None:
        """Write one large table piece by piece, then join the pieces into one file."""
        pieces = self.side / f"{table}.pieces"
        pieces.mkdir()
        height = 0
        for number, frame in enumerate(parts):
            height += frame.height
            frame.rechunk().write_parquet(
                pieces / f"{number:05d}.parquet", compression="lz4", row_group_size=ROW_GROUP
            )
        path = self._path(system, table)
        scan = pl.scan_parquet(pieces / "*.parquet")
        if self.file_format == "csv":
            scan.sink_csv(path, maintain_order=True)
        else:
            scan.sink_parquet(
                path,
                compression="zstd",
                compression_level=1,
                row_group_size=ROW_GROUP,
                maintain_order=True,
            )
        shutil.rmtree(pieces)
        self.rows[f"{system}.{table}"] = height

    def _path(self, system: str, table: str) -> Path:
        (self.side / system).mkdir(exist_ok=True)
        return self.side / system / f"{table}.{self.file_format}"

    def _write(self, frame: pl.DataFrame, path: Path) -> None:
        if self.file_format == "csv":
            _with_zones(frame).write_csv(path)
        else:
            frame.rechunk().write_parquet(
                path, compression="zstd", compression_level=1, row_group_size=ROW_GROUP
            )

    def finish(self, marker: Mapping[str, object]) -> None:
        """Swap the finished side folder in; the old one goes last."""
        write_manifests(self.side, self.rows)
        (self.side / MARKER).write_text(json.dumps(marker, indent=2, sort_keys=True) + "\n")
        swap(self.side, self.folder)


def check_replaceable(folder: Path) -> None:
    """Refuse to replace a folder with foreign content."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise ForeignFolderError(
            f"{folder} holds files that `health sample` has not made (no {MARKER}). "
            "Choose another folder or empty this one."
        )
    written = sorted(path.name for path in (folder / "decisions").glob("*/*.parquet"))
    if written:
        raise ForeignFolderError(
            f"{folder} holds decisions that people have written (decisions/*/{written[0]}). "
            "Choose another folder, or take them out of this one."
        )


def swap(side: Path, folder: Path) -> None:
    """Put a finished folder in the place of an old one."""
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    side.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _column(value: object, kind: pl.DataType, height: int) -> pl.Series:
    if isinstance(value, pl.Series):
        return value.cast(kind)
    if isinstance(value, np.ndarray):
        return pl.Series(value).cast(kind)
    return pl.repeat(value, height, dtype=kind, eager=True)  # type: ignore[call-overload,no-any-return]


def _with_zones(frame: pl.DataFrame) -> pl.DataFrame:
    """In text files every fiftieth creation time carries another zone's offset."""
    column = next((c for c in ("created_at", "created_date", "created") if c in frame.columns), "")
    if not column or frame.schema[column] != pl.Datetime("us"):
        return frame
    moment = pl.col(column)
    shifted = (moment + pl.duration(hours=2)).dt.strftime("%Y-%m-%dT%H:%M:%S+02:00")
    plain = moment.dt.strftime("%Y-%m-%dT%H:%M:%S")
    other = pl.int_range(pl.len()) % 50 == 0
    return frame.with_columns(pl.when(other).then(shifted).otherwise(plain).alias(column))
