{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    meta={'kept_by': {'opportunity_id': 'int_changes__opportunities'}}
) }}

with

opportunity_versions as (

    select * from {{ ref('int_success__opportunity_versions') }}
    {{ changed_only('int_changes__opportunities', 'opportunity_id') }}

),

opportunities as (

    select * from {{ ref('stg_salesforce__opportunity') }}
    {{ changed_only('int_changes__opportunities', 'opportunity_id') }}

),

plan_rates as (

    select * from {{ ref('int_billing__plan_rates') }}

),

final as (

    select
        opportunity_versions.opportunity_span_id,
        opportunity_versions.opportunity_id,
        opportunity_versions.crm_account_id,
        opportunity_versions.opportunity_type,
        opportunity_versions.stage_name,
        cast({{ finite('opportunity_versions.amount') }} as {{ type_double() }})
        * plan_rates.plan_rate as amount,
        cast({{ finite('opportunity_versions.probability') }} as {{ type_double() }})
        / 100 as win_probability,
        opportunity_versions.is_open,
        opportunity_versions.valid_from,
        opportunity_versions.valid_to,
        opportunity_versions.recorded_at,
        opportunity_versions.known_on,
        opportunity_versions.ended_known_on
    from opportunity_versions
    left join opportunities
        on opportunity_versions.opportunity_id = opportunities.opportunity_id
    left join plan_rates
        on
            coalesce(opportunities.currency, '{{ setting("reporting_currency") }}')
            = plan_rates.currency

)

select * from final
