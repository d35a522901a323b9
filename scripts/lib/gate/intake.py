"""The accepted files: a folder per system that changes in one step or not at all."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.lib.console import EXIT_REFUSED, HealthError
from scripts.lib.gate.manifest import sha256_of
from scripts.lib.gate.records import GateFinding, LandedFile, Partitions, TableProfile
from scripts.lib.refresh.places import Places

RECORD = "_accepted.json"
PARTITIONS = "_partitions.json"
NEXT = ".next-"
OLD = ".old-"


@dataclass
class Accepted:
    """One system as it was last accepted."""

    system: str
    run_id: str = ""
    fingerprint: str = ""
    files: dict[str, LandedFile] = field(default_factory=dict)
    profiles: dict[str, TableProfile] = field(default_factory=dict)
    partitions: dict[str, Partitions] = field(default_factory=dict)
    findings: list[GateFinding] = field(default_factory=list)

    @property
    def tables(self) -> set[str]:
        """The tables that are there."""
        return {file.table for file in self.files.values()}


def incoming_dir(places: Places) -> Path:
    """Where copies lie while they are examined; on the disk of the accepted files."""
    return places.state_dir / "incoming"


def recover(places: Places) -> None:
    """Finish or undo what an interrupted run left behind."""
    shutil.rmtree(incoming_dir(places), ignore_errors=True)
    folder = places.accepted_dir
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{OLD}*"):
        system = old.name.removeprefix(OLD)
        upcoming = folder / f"{NEXT}{system}"
        if not (folder / system).exists():
            (upcoming if (upcoming / RECORD).exists() else old).rename(folder / system)
        shutil.rmtree(old, ignore_errors=True)
    for upcoming in folder.glob(f"{NEXT}*"):
        shutil.rmtree(upcoming, ignore_errors=True)


def read_accepted(places: Places, system: str) -> Accepted | None:
    """The record of a system; nothing when none of its exports was ever accepted."""
    folder = places.accepted_dir / system
    if not (folder / RECORD).is_file():
        return None
    try:
        return _read(system, folder)
    except (OSError, ValueError, KeyError, TypeError):
        raise HealthError(
            f"The record of what was accepted of {system} cannot be read.",
            f"Remove {folder} and run again: the landed export is then examined as a new one.",
            EXIT_REFUSED,
        ) from None


def _read(system: str, folder: Path) -> Accepted:
    record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    partitions = json.loads((folder / PARTITIONS).read_text(encoding="utf-8"))
    return Accepted(
        system=system,
        run_id=record["run_id"],
        fingerprint=record["fingerprint"],
        files={
            relative: LandedFile(
                system,
                entry["table"],
                relative,
                folder / relative,
                entry["size"],
                entry["modified"],
                entry["sha256"],
            )
            for relative, entry in record["files"].items()
        },
        profiles={
            name: TableProfile.from_dict(entry) for name, entry in record["profiles"].items()
        },
        partitions={
            name: {day: (rows, total) for day, (rows, total) in days.items()}
            for name, days in partitions.items()
        },
        findings=[
            GateFinding(**(entry | {"first_rows": tuple(entry["first_rows"])}))
            for entry in record["findings"]
        ],
    )


def damaged_copies(accepted: Accepted) -> list[str]:
    """The accepted files that are no longer what was accepted."""
    damaged = []
    for relative, file in accepted.files.items():
        try:
            if sha256_of(file.path) != file.sha256:
                damaged.append(relative)
        except OSError:
            damaged.append(relative)
    return damaged


def adopt(places: Places, upcoming: Accepted, sources: dict[str, Path]) -> None:
    """Put a system's files in the place of the ones before; `sources` says where each lies."""
    folder = places.accepted_dir
    side, place, old = (folder / f"{mark}{upcoming.system}" for mark in (NEXT, "", OLD))
    shutil.rmtree(side, ignore_errors=True)
    for relative, source in sources.items():
        target = side / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        _link(source, target)
    _write(side / PARTITIONS, upcoming.partitions)
    # The record comes last: a folder that has it is complete.
    _write(side / RECORD, _record(upcoming))
    if place.exists():
        place.rename(old)
    side.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _record(accepted: Accepted) -> dict[str, Any]:
    return {
        "run_id": accepted.run_id,
        "fingerprint": accepted.fingerprint,
        "files": {
            relative: {
                "table": file.table,
                "size": file.size,
                "modified": file.modified,
                "sha256": file.sha256,
            }
            for relative, file in accepted.files.items()
        },
        "profiles": {name: profile.as_dict() for name, profile in accepted.profiles.items()},
        "findings": [finding.as_dict() for finding in accepted.findings],
    }


def write_summary(places: Places, systems: list[Accepted]) -> None:
    """One file for people and other tools: what is accepted, from which run."""
    document = {
        accepted.system: {
            "run_id": accepted.run_id,
            "files": {name: file.sha256 for name, file in sorted(accepted.files.items())},
        }
        for accepted in systems
    }
    _write(places.accepted_dir / "manifest.json", document)


def _write(path: Path, document: object) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(document, sort_keys=True), encoding="utf-8")
    os.replace(part, path)
