"""Notifications reach a real service over HTTP and say names and counts, never what a row holds."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from scripts.lib.console import HealthError
from scripts.lib.refresh import notify as notifications
from scripts.lib.refresh.notify import check_notifications, notify
from scripts.lib.refresh.run import FAILED, PUBLISHED, REFUSED, Run, new_run

DAY = dt.date(2025, 12, 31)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """A service that keeps what it is told."""
    told: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Nothing on the terminal of the suite."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("HEALTH_NOTIFY_URLS", f"json://127.0.0.1:{server.server_port}")
    yield told
    server.shutdown()


def run_of(status: str, **more: Any) -> Run:
    run = new_run(DAY)
    run.status = status
    for name, value in more.items():
        setattr(run, name, value)
    return run


def test_a_refusal_is_told_without_the_message_of_the_engine(service: list[dict[str, Any]]) -> None:
    run = run_of(
        REFUSED, exit_code=1, step="build", failed_nodes=["not_null_dim_accounts_account_id"],
        message="Could not convert string ann@example.com", sources={"stripe": "carried"},
    )  # fmt: skip
    assert notify(run)
    (message,) = service
    assert message["title"] == "Account health 2025-12-31: refused"
    assert "exit code 1, stopped at: build" in message["message"]
    assert "not_null_dim_accounts_account_id" in message["message"]
    assert "carried for: stripe" in message["message"]
    assert "ann@" not in json.dumps(message)


@pytest.mark.parametrize(
    ("when", "warnings", "messages"),
    [("problems", [], 0), ("problems", ["stripe.charge: empty"], 1), ("all", [], 1)],
)
def test_a_good_night_is_told_only_on_request(
    service: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    when: str,
    warnings: list[str],
    messages: int,
) -> None:
    monkeypatch.setenv("HEALTH_NOTIFY_ON", when)
    assert notify(run_of(PUBLISHED, warnings=warnings))
    assert len(service) == messages


def test_a_service_that_is_down_does_not_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTH_NOTIFY_URLS", "json://127.0.0.1:9")
    assert not notify(run_of(FAILED))


def test_without_the_extra_the_run_does_not_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setenv("HEALTH_NOTIFY_URLS", "json://127.0.0.1:9")
    monkeypatch.setattr(notifications.importlib, "import_module", missing)
    with pytest.raises(HealthError, match="Apprise is not installed"):
        check_notifications()
