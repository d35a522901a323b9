{#- The facts that a metric reads, by account; a test holds this list to what is read. -#}
{%- set facts = [
    'bridge_account_sources',
    'dim_marketing_contacts',
    'fct_account_notices',
    'fct_billing_adjustments',
    'fct_business_reviews',
    'fct_consumption',
    'fct_contact_roles',
    'fct_contractions',
    'fct_csat_ratings',
    'fct_csm_pulses',
    'fct_customer_texts',
    'fct_escalations',
    'fct_external_events',
    'fct_headcounts',
    'fct_interactions',
    'fct_invoices',
    'fct_marketing_touches',
    'fct_mentions',
    'fct_opportunity_spans',
    'fct_payments',
    'fct_subscription_lines',
    'fct_survey_answers',
    'fct_survey_invitations',
    'fct_telemetry_signals',
    'fct_ticket_spans',
    'fct_tickets',
] -%}
with

account_calendars as (

    {{ changed_rows(ref('dim_account_calendars'), ['account_id']) }}

),

{% for fact in facts -%}
{{ fact }}_changes as (

    {{ changed_rows(ref(fact), ['account_id', 'known_on']) }}

),

{% endfor -%}

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

{# An event that came once more may say something else than it did, of a day long ago. #}
repeated_events as (

    {{ changed_suspects('stg_product_events__suspect_tracks', 'context_group_id', 'timestamp') }}

),

{# A fact counts from the day on which it is known, so what came, went or changed concerns no date
   before. #}
changes as (

    select
        account_id,
        {{ earliest_date() }} as affected_from
    from account_calendars
    union all
    select
        account_sources.account_id,
        repeated_events.affected_from
    from repeated_events
    inner join account_sources
        on
            account_sources.source_system = 'product_events'
            and repeated_events.source_key = account_sources.source_key
    {%- for fact in facts %}
    union all
    select
        account_id,
        known_on as affected_from
    from {{ fact }}_changes
    {%- endfor %}

),

final as (

    select
        account_id,
        min(coalesce(affected_from, {{ earliest_date() }})) as affected_from
    from changes
    group by account_id

)

select * from final
