"""What a run that failed advises."""

import pytest

from scripts.lib.building import refuse_failures
from scripts.lib.console import HealthError
from scripts.lib.dbt_runner import Failure, Outcome

KEPT = "The last good build is unchanged."
NO_MEMORY = "Out of Memory Error: failed to pin block of size 256.0 KiB (488.2 MiB/488.2 MiB used)"


def advice(message: str) -> str:
    outcome = Outcome(return_code=1, failures=[Failure("dim_demo", "model", "error", message)])
    with pytest.raises(HealthError) as refused:
        refuse_failures(outcome, KEPT)
    return refused.value.advice


def test_lack_of_memory_is_answered_with_our_own_settings() -> None:
    found = advice(NO_MEMORY)
    assert "HEALTH_MEMORY_LIMIT" in found and "HEALTH_THREADS=1" in found and KEPT in found
    assert advice("Binder Error: no such column") == KEPT
