"""Dirty data with an exact account of every row that was made dirty."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import polars as pl

from scripts.lib.sample.config import DirtConfig
from scripts.lib.sample.frames import DAY, HOUR, Ints
from scripts.lib.sample.schema import TABLES, RawTable

FUTURE = np.datetime64("2099-06-15T12:00:00", "s").astype(np.int64)
FLOOR = np.datetime64("1970-01-01T00:00:00", "s").astype(np.int64)


@dataclass(frozen=True)
class Recipe:
    """What may go wrong in a table: the columns that each kind of dirt touches."""

    future: str = ""
    floor: str = ""
    negative: str = ""
    out_of_range: tuple[str, int] = ("", 0)
    soft_delete: str = ""
    orphan: tuple[str, str | int] = ("", "")
    not_finite: str = ""
    messy: tuple[str, ...] = ()
    duplicates: bool = False


RECIPES: dict[tuple[str, str], Recipe] = {
    ("salesforce", "account"): Recipe(messy=("type", "industry", "segment_c", "touch_model_c")),
    ("salesforce", "contact"): Recipe(
        soft_delete="is_deleted", orphan=("account_id", "001Hs00000ORPHAAAA")
    ),
    ("salesforce", "opportunity"): Recipe(not_finite="amount", messy=("type",)),
    ("salesforce", "task"): Recipe(
        future="created_date",
        floor="created_date",
        soft_delete="is_deleted",
        orphan=("account_id", "001Hs00000ORPHAAAA"),
        messy=("task_subtype", "direction_c"),
        duplicates=True,
    ),
    ("salesforce", "event"): Recipe(soft_delete="is_deleted", messy=("outcome_c",)),
    ("stripe", "subscription_history"): Recipe(messy=("status",)),
    ("stripe", "invoice"): Recipe(
        negative="total", orphan=("customer_id", "cus_Nf0orphan00"), messy=("status",)
    ),
    ("stripe", "charge"): Recipe(negative="amount", messy=("status",), duplicates=True),
    ("stripe", "refund"): Recipe(negative="amount"),
    ("zendesk", "ticket"): Recipe(
        future="created_at",
        orphan=("organization_id", 999_999_999_999),
        messy=("status", "priority", "type"),
    ),
    ("zendesk", "ticket_comment"): Recipe(future="created", floor="created", duplicates=True),
    ("zendesk", "satisfaction_rating"): Recipe(messy=("score",)),
    ("product_events", "tracks"): Recipe(
        future="timestamp", messy=("context_user_type",), duplicates=True
    ),
    ("surveys", "survey_responses"): Recipe(
        out_of_range=("score", 11), messy=("survey_type",), duplicates=True
    ),
    ("marketing", "email_event"): Recipe(future="created", messy=("type",), duplicates=True),
    ("customer_success", "csm_pulse"): Recipe(
        out_of_range=("rating", 9), orphan=("account_id", "001Hs00000ORPHAAAA")
    ),
    ("market", "mention"): Recipe(future="posted_at", not_finite="polarity"),
}


class Dirt:
    """Soils tables and remembers how often it did what."""

    def __init__(self, config: DirtConfig, last_load: int) -> None:
        """Keep the rates and the last moment at which a row may be loaded."""
        self.config = config
        self.last_load = last_load
        self.rejected: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.kept: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.rows: dict[str, int] = defaultdict(int)

    def note(self, system: str, table: str, what: str, count: int) -> None:
        """Log dirt that another module made and that staging keeps."""
        if count:
            self.kept[f"{system}.{table}"][what] += int(count)

    def reject(self, system: str, table: str, reason: str, count: int) -> None:
        """Log dirt that another module made and that staging must quarantine."""
        if count:
            self.rejected[f"{system}.{table}"][reason] += int(count)

    def apply(
        self, system: str, table: str, frame: pl.DataFrame, rng: np.random.Generator
    ) -> pl.DataFrame:
        """Soil one table; no row gets more than one rejected fault."""
        recipe = RECIPES.get((system, table))
        spec = TABLES[(system, table)]
        name = f"{system}.{table}"
        if recipe is not None and frame.height:
            frame = self._faults(name, spec, recipe, frame, rng)
        self.rows[name] += frame.height
        return frame

    def _faults(
        self,
        name: str,
        spec: RawTable,
        recipe: Recipe,
        frame: pl.DataFrame,
        rng: np.random.Generator,
    ) -> pl.DataFrame:
        c = self.config
        n = frame.height
        plan = [
            ("in_future", recipe.future, c.future_timestamps),
            ("before_epoch_floor", recipe.floor, c.before_floor),
            ("negative", recipe.negative, c.negative_amounts),
            ("out_of_range", recipe.out_of_range[0], c.out_of_range),
            ("deleted_in_source", recipe.soft_delete, c.soft_deleted),
            ("orphan", recipe.orphan[0], c.orphan_keys),
            ("not_finite", recipe.not_finite, c.not_finite),
            ("duplicates", "x" if recipe.duplicates else "", c.duplicate_events),
        ]
        sizes = [self._size(rng, rate, n) if column else 0 for _, column, rate in plan]
        rows = rng.choice(n, size=min(n, sum(sizes)), replace=False)
        parts = dict(zip((p[0] for p in plan), np.split(rows, np.cumsum(sizes)[:-1]), strict=True))

        def put(kind: str, column: str, value: object) -> None:
            nonlocal frame
            if column and len(parts[kind]):
                frame = _set_rows(frame, column, parts[kind], value)

        put("in_future", recipe.future, FUTURE)
        put("before_epoch_floor", recipe.floor, FLOOR)
        put("out_of_range", *recipe.out_of_range)
        put("deleted_in_source", recipe.soft_delete, True)
        put("orphan", *recipe.orphan)
        if len(parts["negative"]):
            mask = _mask(n, parts["negative"])
            flipped = pl.when(mask).then(-pl.col(recipe.negative).abs() - 1)
            frame = frame.with_columns(
                flipped.otherwise(pl.col(recipe.negative)).alias(recipe.negative)
            )
        if len(parts["not_finite"]):
            half = len(parts["not_finite"]) // 2
            frame = _set_rows(frame, recipe.not_finite, parts["not_finite"][half:], float("nan"))
            frame = _set_rows(frame, recipe.not_finite, parts["not_finite"][:half], float("inf"))
        for column in recipe.messy:
            frame = self._messy(name, frame, column, rng)

        rejected = self.rejected[name]
        for kind in ("in_future", "before_epoch_floor", "deleted_in_source"):
            if len(parts[kind]):
                rejected[kind] += len(parts[kind])
        if len(parts["negative"]):
            rejected[f"negative_{recipe.negative}"] += len(parts["negative"])
        if len(parts["out_of_range"]):
            rejected[f"out_of_range_{recipe.out_of_range[0]}"] += len(parts["out_of_range"])
        if len(parts["orphan"]):
            self.kept[name][f"orphan_{recipe.orphan[0]}"] += len(parts["orphan"])
        if len(parts["not_finite"]):
            self.kept[name][f"not_finite_{recipe.not_finite}"] += len(parts["not_finite"])
        return self._duplicate(name, spec, frame, parts["duplicates"], rng)

    def _size(self, rng: np.random.Generator, rate: float, n: int) -> int:
        expected = rate * n
        return int(expected) + int(rng.random() < expected - int(expected))

    def _messy(
        self, name: str, frame: pl.DataFrame, column: str, rng: np.random.Generator
    ) -> pl.DataFrame:
        draw = rng.random(frame.height)
        rate = self.config.messy_enums
        rows = np.flatnonzero(draw < rate)
        style = pl.Series(np.floor(draw[rows] / rate * 3).astype(np.int64))
        chosen = frame[column].gather(rows)
        dirty = pl.select(
            pl.when(style == 0)
            .then(chosen.str.to_uppercase())
            .when(style == 1)
            .then(pl.concat_str([pl.lit("  "), pl.lit(chosen), pl.lit(" ")]))
            .otherwise(chosen.str.to_lowercase())
        ).to_series()
        kept = len(chosen) - chosen.null_count()
        if not kept:
            return frame
        self.kept[name][f"messy_{column}"] += kept
        return frame.with_columns(frame[column].scatter(rows, dirty))

    def _duplicate(
        self,
        name: str,
        spec: RawTable,
        frame: pl.DataFrame,
        rows: Ints,
        rng: np.random.Generator,
    ) -> pl.DataFrame:
        if not len(rows):
            return frame
        later = pl.Series(rng.integers(HOUR, 2 * DAY, len(rows)) * 1_000_000).cast(
            pl.Duration("us")
        )
        limit = pl.lit(self.last_load * 1_000_000).cast(pl.Datetime("us"))
        copies = (
            frame[rows]
            .with_columns((pl.col(spec.clock) + later).alias(spec.clock))
            .filter(pl.col(spec.clock) < limit)
        )
        if copies.height:
            self.rejected[name]["duplicate_or_superseded"] += copies.height
        return pl.concat([frame, copies])

    def report(self) -> dict[str, dict[str, object]]:
        """Log by table: rows, rejected faults by reason, kept faults by kind."""
        return {
            name: {
                "rows": self.rows[name],
                "rejected": dict(sorted(self.rejected[name].items())),
                "kept": dict(sorted(self.kept[name].items())),
            }
            for name in sorted(set(self.rows) | set(self.rejected) | set(self.kept))
        }


def _mask(n: int, rows: Ints) -> pl.Series:
    mask = np.zeros(n, dtype=bool)
    mask[rows] = True
    return pl.Series(mask)


def _set_rows(frame: pl.DataFrame, column: str, rows: Ints, value: object) -> pl.DataFrame:
    kind = frame.schema[column]
    literal = pl.lit(value)
    if kind == pl.Datetime("us"):
        literal = pl.lit(int(value) * 1_000_000)  # type: ignore[call-overload]
    chosen = pl.when(_mask(frame.height, rows)).then(literal.cast(kind))
    return frame.with_columns(chosen.otherwise(pl.col(column)).alias(column))
