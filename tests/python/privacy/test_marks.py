"""What is marked as personal stays in staging, and nothing personal goes unmarked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from support.project_files import ROOT, YamlNode, models, none_of, yaml_nodes

from scripts.lib.source_contract import meta_of

KINDS = {"email", "name", "text", "device"}
# What a staging model may do with a marked column: none of these gives the value back.
HIDING = re.compile(
    r"\b(?:email_hash|email_domain|keyed_hash|md5|length|mentions|json_text|json_number|json_flag"
    r"|kept_field_value)"
    r"\(\s*'?(?:checked\.)?\w+'?(?:, 'value')?"
)
# A name like these holds personal data unless the list below says why it does not.
SUSPECT = re.compile(
    r"e?mail|phone|(^|_)name$|first|last_name|recipient|address|street|city|postal|birth|gender"
    r"|body|comment|note|subject$|description|details|memo|message|response|(^|_)title|owner$|url"
    r"|user_agent|(^|_)ip(_|$)|text$|value$"
)
NOT_PERSONAL = {
    "salesforce.account.name": "a company",
    "zendesk.organization.name": "a company",
    "product_events.groups.name": "a workspace",
    "stripe.product.name": "one of our products",
    "stripe.price.nickname": "one of our prices",
    "zendesk.ticket_field_history.field_name": "a field of the help desk",
    "stripe.subscription_history.cancellation_details_reason": "one of a list",
    "salesforce.opportunity_history.stage_name": "a stage of the sales process",
    "salesforce.opportunity.stage_name": "a stage of the sales process",
    "marketing.email_event.email_campaign_id": "a campaign",
    "marketing.event_attendance.event_name": "an event of ours",
    "derived.first_loads.first_loaded_at": "a moment of a loader",
    "derived.source_incidents.table_name": "a table",
    "market.mention.subject": "customer or competitor",
}
HIDDEN_NAMES = re.compile(
    r"e?mail|(first|last|full|user|person|contact)_name|recipient\w*|phone|body|comment|note|memo"
    r"|(ticket_|task_)?subject|user_agent|page_url|job_title"
)


def columns() -> Iterator[tuple[str, YamlNode, dict[str, object]]]:
    """Every column of every raw table, as system.table.column, with its marks."""
    for source in yaml_nodes("models/staging", "sources"):
        for table in source.node["tables"]:
            for column in table["columns"]:
                place = f"{source.name}.{table['name']}.{column['name']}"
                yield place, source, meta_of(column)


def test_marks_are_known() -> None:
    none_of(
        (place for place, _, meta in columns() if meta.get("pii") not in {None, *KINDS}),
        f"meta.pii is none of {', '.join(sorted(KINDS))}",
    )


def test_whatever_may_be_personal_is_marked() -> None:
    none_of(
        (
            place
            for place, _, meta in columns()
            if SUSPECT.search(place.rsplit(".", 1)[1])
            and not meta.get("pii")
            and place not in NOT_PERSONAL
        ),
        "a column may hold personal data: mark it with meta.pii, or say why not in NOT_PERSONAL",
    )


def test_no_excuse_is_left_over() -> None:
    known = {place for place, _, meta in columns() if not meta.get("pii")}
    none_of(set(NOT_PERSONAL) - known, "NOT_PERSONAL names a column that is marked or not there")


def test_staging_hides_what_is_marked() -> None:
    marked: dict[str, set[str]] = {}
    for place, _, meta in columns():
        system, table, column = place.split(".")
        if meta.get("pii"):
            marked.setdefault(f"stg_{system}__{table}", set()).add(column)
    places = []
    for model in models():
        for column in marked.pop(model.name, ()):
            if model.name == "stg_marketing__email_event":
                # Its addresses are hashed in a step of their own.
                shown = HIDING.sub(" ", model.code.split("final as (")[1])
                shown = re.sub(r"on checked\.(\w+) = keyed_addresses\.\1", " ", shown)
            else:
                shown = HIDING.sub(" ", model.code)
            # A new name may be the old one of the raw column.
            shown = re.sub(r"\bas \w+", " ", shown)
            if re.search(rf"(?<![\w'.]){column}(?![\w'(])|checked\.{column}\b", shown):
                places.append(f"{model.relative} shows {column}")
    none_of(places, "a staging model gives on what its source marks as personal")
    assert not marked, f"no model stages {sorted(marked)}"


def test_no_column_after_staging_is_named_like_a_person() -> None:
    none_of(
        (
            f"{node.place}.{column['name']}"
            for node in yaml_nodes("models", "models")
            for column in node.node.get("columns", [])
            if HIDDEN_NAMES.fullmatch(column["name"])
        ),
        "a model has a column that is named like personal data",
    )


def test_hashes_are_stored_and_not_computed_by_readers() -> None:
    """A view would need the key wherever it is read."""
    keyed = re.compile(r"\b(?:keyed_hash|email_hash)\(")
    none_of(
        (
            model.relative
            for model in models()
            if keyed.search(model.code)
            and (model.layer != "staging" or re.search(r"materialized\s*=\s*'view'", model.code))
        ),
        "keyed_hash stands in a view or outside staging",
    )


def test_the_key_is_named_by_no_sql() -> None:
    for path in [
        *(ROOT / "models").rglob("*"),
        *(ROOT / "macros").rglob("*"),
        ROOT / "profiles.yml",
    ]:
        if path.suffix in {".sql", ".yml"}:
            assert "HEALTH_PII_KEY" not in path.read_text(encoding="utf-8"), path
