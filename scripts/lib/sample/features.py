"""The product's features: what an event means, and which plan may use it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Feature:
    """One event name and the feature behind it."""

    event: str
    feature: str
    core: bool = False
    value: bool = False
    tier: int = 0  # lowest plan with the feature
    milestone: str = ""


USAGE = (
    Feature("dashboard_viewed", "dashboards", core=True),
    Feature("record_updated", "records_edit", core=True, value=True),
    Feature("report_viewed", "reports_view", core=True),
    Feature("search_performed", "search", core=True),
    Feature("task_completed", "tasks", core=True, value=True),
    Feature("record_created", "records_create", core=True, value=True),
    Feature("comment_added", "comments", core=True),
    Feature("notification_opened", "notifications"),
    Feature("report_created", "reports_create", core=True, value=True),
    Feature("file_uploaded", "files", core=True),
    Feature("workflow_run", "workflows", core=True, value=True, tier=1),
    Feature("filter_saved", "filters", core=True),
    Feature("export_downloaded", "exports", core=True, value=True),
    Feature("shared_view_opened", "shared_views"),
    Feature("integration_synced", "integrations", value=True, tier=1),
    Feature("template_used", "templates", core=True),
    Feature("bulk_edit_applied", "bulk_edit", value=True, tier=1),
    Feature("schedule_created", "schedules", tier=1),
    Feature("approval_submitted", "approvals", core=True, value=True, tier=2),
    Feature("forecast_viewed", "forecasts", tier=1),
    Feature("api_token_used", "api", value=True, tier=1),
    Feature("audit_log_viewed", "audit_log", tier=2),
    Feature("custom_field_added", "custom_fields", tier=2),
    Feature("role_assigned", "roles", tier=2),
)
MILESTONES = (
    Feature("completed_setup", "setup", milestone="completed_setup"),
    Feature("invited_teammate", "invitations", milestone="invited_teammate"),
    Feature("created_first_report", "first_report", milestone="created_first_report"),
    Feature("first_export", "first_export", milestone="first_export"),
    Feature("connected_integration", "first_integration", milestone="connected_integration"),
    Feature("ran_first_workflow", "first_workflow", milestone="ran_first_workflow"),
)
MILESTONE_DAYS = (4.0, 9.0, 16.0, 26.0, 38.0, 60.0)  # median day of an average account
RENAMED_FROM, RENAMED_TO = "dashboard_viewed", "board_viewed"
INTRODUCED = "forecasts"  # a feature that came during the window


def mapping_rows() -> list[tuple[str, str, int, str, str, str]]:
    """Rows of the seed product_features: event, feature, bit, core, value, milestone."""
    rows = []
    for bit, f in enumerate((*USAGE, *MILESTONES)):
        flags = str(f.core).lower(), str(f.value).lower(), f.milestone
        rows.append((f.event, f.feature, bit, *flags))
        if f.event == RENAMED_FROM:
            rows.append((RENAMED_TO, f.feature, bit, *flags))
    return rows
