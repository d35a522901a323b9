{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    meta={'kept_by': {'opportunity_id': 'int_changes__opportunities'}}
) }}

with

opportunity_spans as (

    select * from {{ ref('int_success__opportunity_spans') }}
    {{ changed_only('int_changes__opportunities', 'opportunity_id') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        opportunity_spans.opportunity_span_id,
        opportunity_spans.opportunity_id,
        account_sources.account_id,
        opportunity_spans.opportunity_type,
        opportunity_spans.stage_name,
        opportunity_spans.amount,
        opportunity_spans.win_probability,
        opportunity_spans.is_open,
        opportunity_spans.valid_from,
        opportunity_spans.valid_to,
        opportunity_spans.recorded_at,
        greatest(opportunity_spans.known_on, account_sources.known_on) as known_on,
        opportunity_spans.ended_known_on
    from opportunity_spans
    inner join account_sources
        on
            account_sources.source_system = 'salesforce'
            and opportunity_spans.crm_account_id = account_sources.source_key
            and {{ valid_on('opportunity_spans.valid_from', 'account_sources') }}

)

select * from final
