"""Dagster: one asset whose materialization is the refresh itself, in its own process.

The refresh keeps its guarantees because Dagster only starts it: the lock, the gate, the tests and
the publication in one step are not Dagster's. `dagster dev -f dagster_definitions.py` shows it.
"""

import json
import os
import subprocess
from pathlib import Path

import dagster as dg

PROJECT = Path(os.environ.get("ACCOUNT_HEALTH_DIR", "/srv/account-health"))
HEALTH = os.environ.get("ACCOUNT_HEALTH_COMMAND", str(PROJECT / ".venv" / "bin" / "health"))
BUSY = 75


def health(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the project; its JSON comes back on standard output."""
    return subprocess.run(
        [*HEALTH.split(), *arguments, "--json"], cwd=PROJECT, capture_output=True, text=True
    )


@dg.asset(group_name="account_health", description="The published account health warehouse.")
def account_health(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """Refresh and tell what was published, or fail with the refresh's own words."""
    result = health("refresh", *os.environ.get("ACCOUNT_HEALTH_OPTIONS", "").split())
    run = json.loads(result.stdout or "{}")
    if result.returncode == BUSY:
        raise dg.Failure("Another refresh is at work.", allow_retries=True)
    if result.returncode:
        raise dg.Failure(f"{run.get('error', result.stderr)} {run.get('advice', '')}")
    return dg.MaterializeResult(
        metadata={
            "run_id": run["run_id"],
            "as_of_date": run["as_of_date"],
            "rows": run["published_rows"],
            "tests": run["tests"],
            "rejected_rows": run["rejected_rows"],
            "carried_sources": [
                name for name, decision in run["sources"].items() if decision == "carried"
            ],
        }
    )


@dg.asset_check(asset=account_health, description="Readers have something younger than 26 hours.")
def is_fresh() -> dg.AssetCheckResult:
    """Ask the status, which reads the journal and not Dagster's own records."""
    result = health("status", "--max-age", "26h")
    return dg.AssetCheckResult(passed=result.returncode == 0)


nightly = dg.ScheduleDefinition(
    name="nightly", target=dg.AssetSelection.assets(account_health), cron_schedule="15 2 * * *"
)

definitions = dg.Definitions(assets=[account_health], asset_checks=[is_fresh], schedules=[nightly])
