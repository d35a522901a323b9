"""A candidate of the scoring model: found by its name, checked, and told from what is published."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.lib.console import HealthError
from scripts.lib.doctor.cards import check_cards
from scripts.lib.doctor.model import KEYS, check_model
from scripts.lib.findings import CONFIGURATION, ERROR, Finding
from scripts.lib.governance.seals import BASELINE, SEEDS, TEXTS, VERSION
from scripts.lib.simulation.seeds import (
    CARD,
    STATED,
    VERSIONS,
    Merged,
    Values,
    baseline_of,
    inherit,
    located,
    merged_seed,
    stated_files,
)
from scripts.lib.warehouse import Warehouse

# What the rows of a part are told apart by, beside their version.
ROW_KEYS = {
    **{f"scoring_model/{name}": keys for name, keys in KEYS.items()},
    "scoring_model/gate_objectives": ("gate_id", "objective_id"),
    "scorecards/cards": (CARD,),
    "scorecards/card_criteria": ("criterion",),
    "scorecards/card_weights": (CARD, "node_type", "objective_id", "node_id"),
    "scorecards/card_knots": (CARD, "metric_id", "knot_number"),
    "scorecards/card_priors": (CARD, "metric_id"),
    "scorecards/card_settings": (),
    "scoring_model/normalisation_settings": (),
    "baselines/peer_baselines": ("metric_id", "peer_level", "peer_group", "metric_value"),
    "baselines/peer_rates": ("value_id", "peer_group"),
    "baselines/module_adoption": ("segment", "product_name"),
    "baselines/activation_curve": ("tenure_days",),
}


@dataclass(frozen=True)
class Change:
    """What differs in one row: its key, the columns before and after; None where it is not."""

    key: str
    before: Values | None
    after: Values | None


@dataclass(frozen=True)
class Difference:
    """One seed of the candidate that is not as published."""

    part: str
    changes: tuple[Change, ...]
    rows: tuple[Values, ...]
    conditions: tuple[tuple[str, str], ...]

    @property
    def seed(self) -> str:
        """The seed's name for dbt and in the database."""
        return self.part.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Candidate:
    """A candidate: its name, the version that it stands beside, and what differs."""

    name: str
    kind: str  # version or card
    published: str
    differences: tuple[Difference, ...]


def published_version(warehouse: Warehouse) -> tuple[str, str]:
    """The version that the build was scored by, and its baseline."""
    found = warehouse.one(
        f"select {VERSION}, {BASELINE} from {{score_versions}} where is_published"
    )
    if not found:
        raise HealthError("The last build has no published version.", "Run `health build`.")
    return str(found[VERSION]), str(found[BASELINE])


def read_candidate(
    root: Path, warehouse: Warehouse, name: str, stated: Sequence[Path], folder: Path
) -> Candidate:
    """Find a candidate, check its seeds in `folder`, and say what differs from the build.

    Raises HealthError for an unknown name and for seeds that the doctor would refuse.
    """
    published, baseline = published_version(warehouse)
    files = stated_files(stated)
    merged = {part: merged_seed(root, part, files.get(part), [key]) for part, key in STATED.items()}
    # A baseline of its own makes a version, too.
    versions = {
        row[key]
        for part, key in STATED.items()
        if key in (VERSION, BASELINE)
        for row in merged[part].rows
    }
    if name in versions:
        own = _settle_version(merged, name, published, baseline)
        conditions = {part: _of_version(key, published, baseline) for part, key in SEEDS.items()}
        selected = {part: _of_version(key, name, own) for part, key in SEEDS.items()}
    else:
        cards = _card_parts(root, files, name)
        known = {row[CARD] for row in merged["scorecards/cards"].rows}
        if name not in known:
            raise HealthError(
                f"There is no version and no card {name}.",
                f"Versions: {', '.join(sorted(versions))}. Cards: {', '.join(sorted(known))}."
                " Others are stated with --with.",
            )
        merged |= cards
        conditions = {
            part: (*_of_version(SEEDS[part], published, baseline), (CARD, name)) for part in cards
        }
        selected = conditions
    _check(root, merged, (name if name in versions else published, published), folder)
    differences = [
        _difference(warehouse, part, _selected(merged[part].rows, selected[part]), condition)
        for part, condition in conditions.items()
    ]
    return Candidate(
        name,
        "version" if name in versions else "card",
        published,
        tuple(difference for difference in differences if difference.changes),
    )


def _settle_version(merged: dict[str, Merged], name: str, published: str, baseline: str) -> str:
    """Let a version have what it does not state from the published one; returns its baseline."""
    rows = merged[VERSIONS]
    if baseline_of(rows, name) is None:
        inherit(rows, VERSION, name, published)
        if any(row[BASELINE] == name for part, key in SEEDS.items() if key == BASELINE
               for row in merged[part].rows):  # fmt: skip
            rows.rows[-1][BASELINE] = name
        rows.rows[-1]["is_published"] = "false"
    own = baseline_of(rows, name) or baseline
    cards = merged["scorecards/cards"]
    inherit(cards, VERSION, name, published)
    known = {row[CARD] for row in cards.rows if row[VERSION] == name}
    for part, key in SEEDS.items():
        if key == VERSION:
            inherit(merged[part], VERSION, name, published, known)
        elif key == BASELINE:
            inherit(merged[part], BASELINE, own, baseline, known)
    return own


def _card_parts(root: Path, files: Mapping[str, Path], card: str) -> dict[str, Merged]:
    """The seeds of cards with one card stated anew; other rows of the files are refused."""
    found = {}
    for part, key in SEEDS.items():
        if part in files and not _is_of_cards(part):
            raise HealthError(
                f"--with: {files[part]} belongs to a version and not to the card {card}.",
                "Give its rows a score_version of their own, and name that version.",
            )
        if _is_of_cards(part):
            found[part] = merged_seed(root, part, files.get(part), [key, CARD])
            for row, place in zip(found[part].rows, found[part].places, strict=True):
                if part in files and place.file == str(files[part]) and row[CARD] != card:
                    raise HealthError(
                        f"{place.file}:{place.line}: the row is of the card {row[CARD] or '(none)'}"
                        f" and not of {card}.",
                        "Leave it out, or name a version instead of a card.",
                    )
    return found


def _is_of_cards(part: str) -> bool:
    return CARD in ROW_KEYS.get(part, ())


def _of_version(key: str, version: str, baseline: str) -> tuple[tuple[str, str], ...]:
    """The condition for the rows of a version; metrics are shared by all versions."""
    return {VERSION: ((VERSION, version),), BASELINE: ((BASELINE, baseline),)}.get(key, ())


def _selected(rows: Sequence[Values], conditions: Sequence[tuple[str, str]]) -> list[Values]:
    return [row for row in rows if all(row[column] == value for column, value in conditions)]


# -- checks ---------------------------------------------------------------------------------------


def _check(
    root: Path, merged: Mapping[str, Merged], versions: tuple[str, str], folder: Path
) -> None:
    """Refuse what the doctor would refuse, at the place where it stands."""
    for part in ("scoring_model", "scorecards"):
        shutil.copytree(root / "seeds" / part, folder / "seeds" / part)
    with contextlib.suppress(FileExistsError):
        (folder / "models").symlink_to(root / "models")
    for seed in merged.values():
        seed.write(folder)
    found = [located(finding, merged) for finding in (*check_model(folder), *check_cards(folder))]
    errors = [finding for finding in found if finding.severity == ERROR]
    errors = errors or _gaps(merged, *versions)
    if errors:
        raise HealthError(
            f"The candidate was not scored: {len(errors)} error{'s' * (len(errors) > 1)}.\n"
            + "\n".join(f"{error.place}: {error.message}. {error.advice}." for error in errors),
            "Correct these; the published scores are as they were.",
        )


# What every version must state whole: the column of each seed, and what a value of it is called.
WHOLE = {
    "objective_weights": ("objective_id", "objective"),
    "score_scaling": ("objective_id", "objective"),
    "bands": ("band_rank", "band of rank"),
    "confidence_levels": ("confidence_rank", "confidence of rank"),
}


def _gaps(merged: Mapping[str, Merged], version: str, published: str) -> list[Finding]:
    """What every version must state, and this one does not."""
    baseline = baseline_of(merged[VERSIONS], version)

    def stated(name: str, column: str, of: str | None = version) -> set[str]:
        part = f"scoring_model/{name}"
        return {row[column] for row in merged[part].rows if row[SEEDS[part]] == of}

    weighed = {
        row["dimension_id"]
        for row in merged["scoring_model/objective_weights"].rows
        if row[VERSION] == version and float(row["weight"])
    }
    missing = {
        **{
            name: (what, stated(name, column, published) - stated(name, column))
            for name, (column, what) in WHOLE.items()
        },
        "metric_weights": ("dimension", weighed - stated("metric_weights", "dimension_id")),
        "metric_priors": (
            "typical score of metric",
            stated("metric_weights", "metric_id") - stated("metric_priors", "metric_id", baseline),
        ),
    }
    return [
        Finding(
            ERROR,
            CONFIGURATION,
            _file_of(merged[f"scoring_model/{name}"], version, baseline),
            None,
            f"{version} states no {what} {value}",
            "Add it to the rows of the version",
        )
        for name, (what, values) in missing.items()
        for value in sorted(values)
    ]


def _file_of(seed: Merged, version: str, baseline: str | None) -> str:
    """The file in which a version states the rows of a seed."""
    own = (version, baseline)[SEEDS[seed.part] == BASELINE]
    for row, place in zip(seed.rows, seed.places, strict=True):
        if row[SEEDS[seed.part]] == own:
            return place.file
    return f"seeds/{seed.part}.csv"


# -- what differs ---------------------------------------------------------------------------------


def _difference(
    warehouse: Warehouse,
    part: str,
    rows: list[Values],
    conditions: tuple[tuple[str, str], ...],
) -> Difference:
    seed = part.rsplit("/", 1)[-1]
    before = _selected(
        [{name: _text(value) for name, value in row.items()}
         for row in warehouse.rows(f"select * from {{{seed}}}")],
        conditions,
    )  # fmt: skip
    columns = [
        name for name in (rows or before or [{}])[0] if name not in (*TEXTS, VERSION, BASELINE)
    ]
    keys = [key for key in ROW_KEYS[part] if key in columns]
    old, new = _by_key(before, keys, columns), _by_key(rows, keys, columns)
    changes = [
        Change(" ".join(key), *_changed(old.get(key), new.get(key), columns))
        for key in sorted({*old, *new})
        if old.get(key) != new.get(key)
    ]
    return Difference(part, tuple(changes), tuple(rows), conditions)


def _by_key(
    rows: Sequence[Values], keys: Sequence[str], columns: Sequence[str]
) -> dict[tuple[str, ...], Values]:
    return {
        tuple(_plain(row[key]) for key in keys): {
            name: _plain(row[name]) for name in columns if name not in keys
        }
        for row in rows
    }


def _changed(
    old: Values | None, new: Values | None, columns: Sequence[str]
) -> tuple[Values | None, Values | None]:
    if old is None or new is None:
        return old, new
    names = [name for name in columns if name in old and old[name] != new[name]]
    return {name: old[name] for name in names}, {name: new[name] for name in names}


def _text(value: object) -> str:
    """A value of the database as it stands in a seed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _plain(text: str) -> str:
    """How a number is written does not matter."""
    try:
        return f"{float(text):.10g}"
    except ValueError:
        return text
