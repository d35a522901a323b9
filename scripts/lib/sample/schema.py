"""Columns, types, keys and loader's clocks of every raw table."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

TYPES: dict[str, pl.DataType] = {
    "s": pl.String(),
    "f": pl.Float64(),
    "i": pl.Int64(),
    "b": pl.Boolean(),
    "d": pl.Date(),
    "t": pl.Datetime("us"),
}


@dataclass(frozen=True)
class RawTable:
    """One raw table: its columns in file order, its key and its loader's clock."""

    system: str
    name: str
    columns: dict[str, pl.DataType]
    key: tuple[str, ...]
    clock: str


def _table(system: str, name: str, key: str, clock: str, columns: str) -> RawTable:
    pairs = [part.split(":") for part in columns.split()]
    return RawTable(
        system, name, {col: TYPES[code] for col, code in pairs}, tuple(key.split(",")), clock
    )


_SYNC = "_fivetran_synced"

_TABLES = [
    _table(
        "salesforce",
        "account",
        "id",
        _SYNC,
        """
        id:s name:s parent_id:s owner_id:s type:s industry:s annual_revenue:f
        number_of_employees:i billing_country:s billing_state:s website:s created_date:t
        last_modified_date:t last_activity_date:d master_record_id:s is_deleted:b segment_c:s
        touch_model_c:s support_entitlement_c:b _fivetran_synced:t""",
    ),
    _table(
        "salesforce",
        "contact",
        "id",
        _SYNC,
        """
        id:s account_id:s owner_id:s email:s name:s first_name:s last_name:s title:s
        department:s lead_source:s created_date:t last_modified_date:t last_activity_date:d
        is_deleted:b _fivetran_synced:t""",
    ),
    _table(
        "salesforce",
        "opportunity",
        "id",
        _SYNC,
        """
        id:s account_id:s owner_id:s name:s type:s stage_name:s amount:f currency_iso_code:s
        expected_revenue:f probability:f close_date:d created_date:t is_closed:b is_won:b
        forecast_category:s last_activity_date:d is_deleted:b _fivetran_synced:t""",
    ),
    _table(
        "salesforce",
        "opportunity_history",
        "id,_fivetran_start",
        _SYNC,
        """
        id:s account_id:s type:s stage_name:s amount:f probability:f close_date:d is_closed:b
        is_won:b _fivetran_start:t _fivetran_end:t _fivetran_active:b _fivetran_synced:t""",
    ),
    _table(
        "salesforce",
        "task",
        "id",
        _SYNC,
        """
        id:s account_id:s who_id:s owner_id:s type:s task_subtype:s subject:s status:s
        direction_c:s activity_date:d completed_date_time:t created_date:t
        call_duration_in_seconds:i is_deleted:b _fivetran_synced:t""",
    ),
    _table(
        "salesforce",
        "event",
        "id",
        _SYNC,
        """
        id:s account_id:s who_id:s owner_id:s type:s event_subtype:s subject:s
        start_date_time:t end_date_time:t created_date:t outcome_c:s cancelled_at_c:t
        is_child:b is_deleted:b _fivetran_synced:t""",
    ),
    _table(
        "salesforce",
        "user",
        "id",
        _SYNC,
        """
        id:s name:s email:s is_active:b title:s department:s manager_id:s user_type:s
        activity_sync_enabled_c:b _fivetran_synced:t""",
    ),
    _table(
        "stripe",
        "customer",
        "id",
        _SYNC,
        """
        id:s name:s email:s created:t currency:s balance:i delinquent:b description:s
        metadata:s is_deleted:b livemode:b _fivetran_synced:t""",
    ),
    _table(
        "stripe",
        "subscription_history",
        "id,_fivetran_start",
        _SYNC,
        """
        id:s customer_id:s status:s start_date:t created:t current_period_start:t
        current_period_end:t cancel_at:t cancel_at_period_end:b canceled_at:t ended_at:t
        trial_start:t trial_end:t collection_method:s days_until_due:i quantity:i
        cancellation_details_reason:s metadata:s livemode:b _fivetran_start:t
        _fivetran_end:t _fivetran_active:b _fivetran_synced:t""",
    ),
    _table(
        "stripe",
        "subscription_item",
        "id",
        _SYNC,
        """
        id:s subscription_id:s price_id:s plan_id:s quantity:i created:t metadata:s
        _fivetran_synced:t""",
    ),
    _table(
        "stripe",
        "price",
        "id",
        _SYNC,
        """
        id:s product_id:s nickname:s active:b currency:s unit_amount:i unit_amount_decimal:s
        billing_scheme:s type:s recurring_interval:s recurring_interval_count:i
        recurring_usage_type:s created:t metadata:s _fivetran_synced:t""",
    ),
    _table(
        "stripe",
        "product",
        "id",
        _SYNC,
        """
        id:s name:s active:b type:s metadata:s created:t _fivetran_synced:t""",
    ),
    _table(
        "stripe",
        "invoice",
        "id",
        _SYNC,
        """
        id:s customer_id:s subscription_id:s number:s status:s billing_reason:s currency:s
        amount_due:i amount_paid:i amount_remaining:i subtotal:i tax:i total:i created:t
        due_date:t period_start:t period_end:t status_transitions_finalized_at:t
        status_transitions_paid_at:t status_transitions_voided_at:t
        status_transitions_marked_uncollectible_at:t attempt_count:i auto_advance:b
        collection_method:s charge_id:s is_deleted:b livemode:b _fivetran_synced:t""",
    ),
    _table(
        "stripe",
        "invoice_line_item",
        "id",
        _SYNC,
        """
        id:s invoice_id:s subscription_id:s subscription_item_id:s price_id:s amount:i
        currency:s quantity:i proration:b period_start:t period_end:t type:s description:s
        _fivetran_synced:t""",
    ),
    _table(
        "stripe",
        "charge",
        "id",
        _SYNC,
        """
        id:s customer_id:s invoice_id:s amount:i amount_refunded:i currency:s status:s paid:b
        captured:b refunded:b created:t failure_code:s failure_message:s _fivetran_synced:t""",
    ),
    _table(
        "stripe",
        "refund",
        "id",
        _SYNC,
        """
        id:s charge_id:s amount:i currency:s created:t reason:s status:s _fivetran_synced:t""",
    ),
    _table(
        "stripe",
        "dispute",
        "id",
        _SYNC,
        """
        id:s charge_id:s amount:i currency:s created:t reason:s status:s _fivetran_synced:t""",
    ),
    _table(
        "stripe",
        "credit_note",
        "id",
        _SYNC,
        """
        id:s invoice_id:s amount:i currency:s created:t reason:s memo:s status:s voided_at:t
        _fivetran_synced:t""",
    ),
    _table(
        "zendesk",
        "organization",
        "id",
        _SYNC,
        """
        id:i name:s external_id:s domain_names:s details:s notes:s created_at:t updated_at:t
        _fivetran_synced:t""",
    ),
    _table(
        "zendesk",
        "user",
        "id",
        _SYNC,
        """
        id:i organization_id:i email:s name:s role:s external_id:s active:b suspended:b
        created_at:t _fivetran_synced:t""",
    ),
    _table(
        "zendesk",
        "ticket",
        "id",
        _SYNC,
        """
        id:i organization_id:i requester_id:i submitter_id:i assignee_id:i group_id:i
        subject:s status:s priority:s type:s via_channel:s created_at:t updated_at:t due_at:t
        is_public:b external_id:s _fivetran_synced:t""",
    ),
    _table(
        "zendesk",
        "ticket_comment",
        "id",
        _SYNC,
        """
        id:i ticket_id:i user_id:i body:s created:t public:b via_channel:s
        _fivetran_synced:t""",
    ),
    _table(
        "zendesk",
        "ticket_field_history",
        "ticket_id,field_name,updated",
        _SYNC,
        """
        ticket_id:i field_name:s updated:t value:s user_id:i _fivetran_synced:t""",
    ),
    _table(
        "zendesk",
        "satisfaction_rating",
        "id",
        _SYNC,
        """
        id:i ticket_id:i requester_id:i assignee_id:i score:s reason:s comment:s created_at:t
        updated_at:t _fivetran_synced:t""",
    ),
    _table(
        "product_events",
        "tracks",
        "id",
        "received_at",
        """
        id:s event:s user_id:s anonymous_id:s context_group_id:s context_user_type:s
        timestamp:t received_at:t""",
    ),
    _table(
        "product_events",
        "groups",
        "id",
        "received_at",
        """
        id:s group_id:s crm_account_id:s domain:s name:s timestamp:t received_at:t""",
    ),
    _table(
        "product_events",
        "entitlements",
        "plan_tier,feature,valid_from",
        "recorded_at",
        """
        plan_tier:s feature:s is_core:b valid_from:d valid_to:d recorded_at:t""",
    ),
    _table(
        "surveys",
        "survey_responses",
        "id",
        "_sdc_received_at",
        """
        id:s person:s survey_type:s score:i comment:s created_at:t updated_at:t
        _sdc_received_at:t""",
    ),
    _table(
        "surveys",
        "people",
        "id",
        "_sdc_received_at",
        """
        id:s email:s name:s created_at:t _sdc_received_at:t""",
    ),
    _table(
        "surveys",
        "invitations",
        "id",
        "_sdc_received_at",
        """
        id:s person:s survey_type:s sent_at:t status:s _sdc_received_at:t""",
    ),
    _table(
        "marketing",
        "contact",
        "id",
        _SYNC,
        """
        id:s property_email:s property_createdate:t property_lifecyclestage:s
        property_hs_marketable_status:b _fivetran_deleted:b _fivetran_synced:t""",
    ),
    _table(
        "marketing",
        "email_event",
        "id",
        _SYNC,
        """
        id:s type:s created:t recipient:s email_campaign_id:s filtered_event:b
        obsoleted_by_id:s _fivetran_synced:t""",
    ),
    _table(
        "marketing",
        "email_event_delivered",
        "id",
        _SYNC,
        """
        id:s smtp_id:s response:s _fivetran_synced:t""",
    ),
    _table(
        "marketing",
        "email_event_click",
        "id",
        _SYNC,
        """
        id:s url:s user_agent:s _fivetran_synced:t""",
    ),
    _table(
        "marketing",
        "email_event_status_change",
        "id",
        _SYNC,
        """
        id:s portal_subscription_status:s requested_by:s _fivetran_synced:t""",
    ),
    _table(
        "marketing",
        "contact_form_submission",
        "contact_id,form_id,timestamp",
        _SYNC,
        """
        contact_id:s form_id:s timestamp:t page_url:s _fivetran_synced:t""",
    ),
    _table(
        "marketing",
        "event_attendance",
        "id",
        _SYNC,
        """
        id:s contact_email:s event_type:s event_name:s registered_at:t attended_at:t
        _fivetran_synced:t""",
    ),
    _table(
        "marketing",
        "company",
        "id",
        _SYNC,
        "id:s property_salesforceaccountid:s is_deleted:b _fivetran_synced:t",
    ),
    _table(
        "customer_success",
        "csm_pulse",
        "id",
        "recorded_at",
        """
        id:s account_id:s csm_id:s rating:i note:s rated_at:t recorded_at:t""",
    ),
    _table(
        "customer_success",
        "qbr",
        "id",
        "recorded_at",
        """
        id:s account_id:s scheduled_at:t held_at:t status:s recorded_at:t""",
    ),
    _table(
        "customer_success",
        "contact_tag",
        "id",
        "recorded_at",
        """
        id:s account_id:s contact_id:s tag:s valid_from:d valid_to:d end_reason:s
        end_recorded_at:t recorded_at:t""",
    ),
    _table(
        "customer_success",
        "play_log",
        "id",
        "recorded_at",
        """
        id:s account_id:s play:s owner:s started_at:t ended_at:t outcome:s recorded_at:t""",
    ),
    _table(
        "market",
        "industry_factor",
        "id",
        "recorded_at",
        """
        id:s industry:s factor_type:s effect_points:f author_role:s evidence:s valid_from:d
        valid_to:d review_by:d recorded_at:t""",
    ),
    _table(
        "market",
        "firmographic",
        "domain,vintage_date",
        "recorded_at",
        """
        domain:s employee_count:i vintage_date:d recorded_at:t""",
    ),
    _table(
        "market",
        "external_event",
        "id",
        "recorded_at",
        """
        id:s domain:s event_type:s event_date:d published_at:t source:s recorded_at:t""",
    ),
    _table(
        "market",
        "mention",
        "id",
        "recorded_at",
        """
        id:s platform:s domain:s subject:s competitor:s polarity:f reach:i posted_at:t
        recorded_at:t""",
    ),
    _table(
        "decisions",
        "overrides",
        "override_id,created_at",
        "recorded_at",
        """
        override_id:s account_id:s objective_id:s override_kind:s amount:f reason_code:s
        evidence:s author:s author_role:s approver:s approver_role:s created_at:t valid_from:d
        expires_on:d recorded_at:t""",
    ),
    _table(
        "decisions",
        "override_withdrawals",
        "override_id,withdrawn_at",
        "recorded_at",
        """
        override_id:s author:s author_role:s withdrawn_at:t recorded_at:t""",
    ),
]

TABLES: dict[tuple[str, str], RawTable] = {(t.system, t.name): t for t in _TABLES}
SYSTEMS: tuple[str, ...] = tuple(dict.fromkeys(t.system for t in _TABLES))
