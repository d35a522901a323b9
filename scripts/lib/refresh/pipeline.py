"""The road of a refresh: check, gate, clone, build, audit, publish, and a line in the journal."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from scripts.lib.building import refuse_failures
from scripts.lib.console import EXIT_CONFIGURATION, EXIT_OK, EXIT_REFUSED, EXIT_STALE, HealthError
from scripts.lib.dbt_runner import Event, Outcome, run_dbt
from scripts.lib.doctor.examine import CONFIGURATION, examine
from scripts.lib.doctor.view import finding_text
from scripts.lib.gate.gate import GateRefusedError, GateResult, run_gate
from scripts.lib.gate.intake import read_accepted
from scripts.lib.gate.records import BLOCK
from scripts.lib.locking import held
from scripts.lib.privacy.key import key_fingerprint, read_key
from scripts.lib.refresh import carrying, publishing
from scripts.lib.refresh.artifacts import (
    node_rows,
    scrub_results,
    scrubbed,
    scrubbed_fault,
)
from scripts.lib.refresh.audit import audit, read_figures
from scripts.lib.refresh.clone import start_clone
from scripts.lib.refresh.configuration import Configuration, read_configuration
from scripts.lib.refresh.journal import append, entries
from scripts.lib.refresh.ledger import write_ledger
from scripts.lib.refresh.notify import check_notifications, notify
from scripts.lib.refresh.places import Places
from scripts.lib.refresh.prometheus import write_figures
from scripts.lib.refresh.run import (
    FAILED,
    INTERRUPTED,
    PUBLISHED,
    REFUSED,
    STALE,
    Run,
    new_run,
    stamp,
    utc_now,
)
from scripts.lib.refresh.versions import current_version, prune
from scripts.lib.settings import Settings
from scripts.lib.texts.sentiment import score_texts

KEPT = "The last published version is unchanged."
STATUS_OF = {EXIT_REFUSED: REFUSED, EXIT_STALE: STALE}
KEPT_RUN_FOLDERS = 10
# What happened on a day has been loaded by the end of the next one.
LOADING_TIME = dt.timedelta(days=2)


class StoppedError(Exception):
    """A signal or the time limit ends the run; the message says which."""


@dataclass(frozen=True)
class Options:
    """What the person or the scheduler asked for."""

    as_of_date: dt.date
    full_refresh: bool = False


@dataclass(frozen=True)
class Listeners:
    """Who hears of the run's progress."""

    on_step: Callable[[str], None] = lambda step: None
    on_event: Callable[[Event], None] = lambda event: None


def refresh(settings: Settings, places: Places, options: Options, listeners: Listeners) -> Run:
    """Publish a new version, or leave the one before and raise why; the journal knows either way.

    Raises HealthError with the exit code 1 (data or tests), 2 (configuration or infrastructure),
    3 (a required source is stale) or 75 (another refresh runs, which is no run of its own).
    """
    busy = f"Another refresh of {places.published_dir} is running."
    with held(places.lock_file, busy) as lock:
        make_writable(places)
        run = new_run(options.as_of_date, full_refresh=options.full_refresh)
        configuration = None
        try:
            configuration = read_configuration(settings.root)
            Road(settings, places, run, configuration, listeners).walk(lock)
            run.status, run.exit_code = PUBLISHED, EXIT_OK
        except BaseException as error:
            raise _judged(error, run) from None
        finally:
            _conclude(places, run, configuration)
    return run


@dataclass
class Road:
    """One run under way."""

    settings: Settings
    places: Places
    run: Run
    configuration: Configuration
    listeners: Listeners

    def walk(self, lock: int) -> None:
        """Every step in its order; the first that fails ends the run."""
        child = self.places.child_settings(self.settings)
        self._log(f"process {os.getpid()}")
        with self._step("configuration"):
            check_notifications()
            self._check(self.settings)
        with self._step("source gate"):
            gate = self._gate()
        with self._step("texts"):
            score_texts(child)
        with self._step("clone"):
            self._clone(gate)
        with self._step("build"):
            outcome = self._build(child, lock)
        with self._step("audit"):
            self._audit(outcome)
        with self._step("publish"):
            self._publish(gate)

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        self.run.step = name
        self.listeners.on_step(name)
        self._log(f"step {name}")
        started = time.perf_counter()
        try:
            yield
        finally:
            self.run.seconds[name] = round(time.perf_counter() - started, 3)

    def _log(self, line: str) -> None:
        """What the run is at, for whoever looks into its folder while it runs."""
        path = self.places.run_dir(self.run.run_id) / "events.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{stamp(utc_now())} {line}\n")

    def _on_event(self, event: Event) -> None:
        self._log(f"{event.kind} {event.node} {event.status}".rstrip())
        self.listeners.on_event(event)

    def _check(self, settings: Settings) -> None:
        errors = [finding for finding in examine(settings) if finding.severity == "error"]
        wrong = [finding for finding in errors if finding.area == CONFIGURATION]
        if wrong:
            raise HealthError(
                "The configuration has errors.\n" + "\n".join(map(finding_text, wrong)),
                f"{KEPT} Correct these and run `health doctor` to check again.",
            )

    def _gate(self) -> GateResult:
        run = self.run
        try:
            gate = run_gate(
                self.settings, self.places, run.run_id, run.as_of_date, self._judged_at()
            )
        except GateRefusedError as error:
            self._note(error.result)
            raise
        self._note(gate)
        return gate

    def _judged_at(self) -> dt.datetime:
        """The moment that ages count from: now, or soon after the date that is scored again."""
        day_end = dt.datetime.combine(self.run.as_of_date, dt.time(), dt.UTC) + LOADING_TIME
        return min(self.run.started_at, day_end)

    def _note(self, gate: GateResult) -> None:
        self.run.sources = {source.system: source.decision for source in gate.sources}
        self.run.warnings += [
            f"{finding.system}.{finding.table or '*'}: {finding.rule_id}"
            for finding in gate.findings
            if finding.action == BLOCK
        ]

    def _clone(self, gate: GateResult) -> None:
        """Carry the last warehouse on where this project made it; else only what it alone knows."""
        name = key_fingerprint(read_key(self.settings.root))
        fingerprint = carrying.project_fingerprint(self.settings.root, name)
        self.run.is_carried = start_clone(
            self.places, full_refresh=self.run.is_full_refresh
        ) and carrying.can_carry(self.places.database, fingerprint)
        systems = [read_accepted(self.places, source.system) for source in gate.sources]
        parts = carrying.accepted_parts(system for system in systems if system is not None)
        carrying.note_landing(self.places.building, fingerprint, parts, self.places.derived_dir)

    def _scope(self) -> list[str]:
        left_out = carrying.LEFT_OUT if self.run.is_carried else carrying.ALWAYS_LEFT_OUT
        whole = ["--full-refresh"] if self.run.is_full_refresh else []
        return [*whole, "--exclude-resource-type", *left_out]

    def _build(self, child: Settings, lock: int) -> Outcome:
        environment = child.environment()
        environment[carrying.VARIABLE] = str(self.places.database) if self.run.is_carried else ""
        target = self.places.run_dir(self.run.run_id) / "target"
        target.mkdir(parents=True)
        if self.places.parse_cache.exists():
            shutil.copy(self.places.parse_cache, target / self.places.parse_cache.name)
        outcome = run_dbt(
            ["build", *self._scope()],
            root=self.settings.root,
            environment=environment,
            target_path=target,
            on_event=self._on_event,
            inherited=[lock],
        )
        scrub_results(target / "run_results.json")
        outcome.failures = [
            replace(
                failure,
                message=scrubbed(failure.message),
                told=tuple(map(scrubbed_fault, failure.told)),
            )
            for failure in outcome.failures
        ]
        self.run.tests = outcome.counts.get("test", 0)
        self.run.nodes = sum(outcome.counts.values()) - self.run.tests
        self.run.failed_nodes = [failure.node for failure in outcome.failures]
        refuse_failures(outcome, f"{KEPT} The run's records are in {target.parent}.")
        parsed = target / self.places.parse_cache.name
        if parsed.exists():
            shutil.copy(parsed, self.places.parse_cache)
        return outcome

    def _audit(self, outcome: Outcome) -> None:
        published = current_version(self.places)
        reasons = audit(
            read_figures(self.places.building),
            read_figures(published) if published else None,
            self.run.as_of_date,
            self.configuration.audit,
        )
        if reasons:
            raise HealthError(
                "The build is finished, but it is not published.\n" + "\n".join(reasons),
                f"{KEPT} If the change is real, raise the limit in config/refresh.yml.",
                EXIT_REFUSED,
            )

    def _publish(self, gate: GateResult) -> None:
        target = self.places.run_dir(self.run.run_id) / "target"
        relations = publishing.public_relations(target / "manifest.json")
        unfinished = publishing.write_version(self.places, self.run.run_id, relations)
        rejected = rejected_rows(unfinished, self.run.run_id)
        self.run.rejected_rows = sum(int(row["row_count"]) for row in rejected)
        details: dict[str, list[dict[str, Any]]] = {
            "ops_nodes": node_rows(target, self.run.run_id),
            "ops_sources": gate.source_rows(),
            "ops_findings": gate.finding_rows(),
            "ops_rejected_rows": rejected,
        }
        self.run.status, self.run.exit_code, self.run.ended_at = PUBLISHED, EXIT_OK, utc_now()
        self.run.published_rows = write_ledger(
            unfinished,
            current_version(self.places),
            self.run,
            entries(self.places.journal),
            details,
            relations,
        )
        publishing.finish(self.places, unfinished, self.run.run_id)
        publishing.adopt_state(self.places)


def make_writable(places: Places) -> None:
    """Find out first that a run could not publish, nor write down that it did not."""
    try:
        places.versions.mkdir(parents=True, exist_ok=True)
        probe = places.published_dir / f".probe.{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise HealthError(
            f"The folder {places.published_dir} cannot be written: {error.strerror}.",
            "Set HEALTH_PUBLISHED_DIR to a folder that you can write.",
        ) from None


def rejected_rows(version: Path, run_id: str) -> list[dict[str, Any]]:
    """How many raw rows were set aside, by table and reason."""
    with duckdb.connect(str(version), read_only=True) as connection:
        try:
            cursor = connection.execute(
                "select source_system, source_table, rejection_reason, row_count"
                " from monitoring.mon_rejected_rows"
            )
        except duckdb.CatalogException:
            return []
        names = [column[0] for column in cursor.description or []]
        return [
            {"run_id": run_id, **dict(zip(names, row, strict=True))} for row in cursor.fetchall()
        ]


def _judged(error: BaseException, run: Run) -> BaseException:
    """Write down why the run ended, and say it in a way that a person can act on."""
    if isinstance(error, StoppedError | KeyboardInterrupt):
        run.status = INTERRUPTED
        reason = str(error) or "interrupted"
        error = HealthError(
            f"The refresh was stopped at the step {run.step}: {reason}.",
            f"{KEPT} Run `health refresh` again; it begins anew.",
        )
    elif isinstance(error, OSError | duckdb.Error):
        run.status = FAILED
        text = str(error) if isinstance(error, OSError) else scrubbed(str(error))
        error = HealthError(
            f"The step {run.step} failed: {text.splitlines()[0]}",
            f"{KEPT} Check the disk's space and the folder's rights, then run again.",
        )
    elif isinstance(error, HealthError):
        run.status = STATUS_OF.get(error.exit_code, FAILED)
    if isinstance(error, HealthError):
        run.exit_code, run.message, run.advice = error.exit_code, error.message, error.advice
    else:
        run.exit_code, run.message = EXIT_CONFIGURATION, type(error).__name__
    return error


def _conclude(places: Places, run: Run, configuration: Configuration | None) -> None:
    """Journal, figures, what is no longer needed, and notification; none may hide the outcome."""
    run.ended_at = run.ended_at or utc_now()
    try:
        append(places.journal, run.as_dict())
        write_figures(places.metrics_file, entries(places.journal))
        if configuration is not None:
            kept = configuration.versions
            prune(places, keep=int(kept.keep), keep_minutes=kept.keep_minutes)
    except OSError as error:
        run.warnings.append(f"{places.published_dir} could not be tidied: {error.strerror}.")
    if run.exit_code != EXIT_OK:
        places.building.unlink(missing_ok=True)
    for old in sorted(places.run_dir("x").parent.glob("*"))[:-KEPT_RUN_FOLDERS]:
        shutil.rmtree(old, ignore_errors=True)
    if not notify(run):
        run.warnings.append("A notification service could not be reached.")
