with

external_events as (

    select * from {{ ref('int_market__external_events') }}

),

industry_factors as (

    select * from {{ ref('int_market__industry_factors') }}

),

accounts as (

    select * from {{ ref('dim_accounts') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

own_events as (

    select
        external_events.external_event_id,
        account_sources.account_id,
        external_events.event_type,
        external_events.severity_points,
        external_events.event_on,
        cast(null as date) as expires_on,
        external_events.recorded_at,
        greatest(external_events.known_on, account_sources.known_on) as known_on
    from external_events
    inner join account_sources
        on
            account_sources.source_system = 'market'
            and external_events.domain = account_sources.source_key
            and {{ valid_on('external_events.event_on', 'account_sources') }}

),

{# Regulation that an expert judged to hurt an industry happens to each of its accounts. #}
industry_events as (

    select
        {{ surrogate_key([
            'industry_factors.industry_factor_id', 'accounts.account_id'
        ]) }} as external_event_id,
        accounts.account_id,
        'adverse_regulation' as event_type,
        -industry_factors.effect_points as severity_points,
        industry_factors.valid_from as event_on,
        industry_factors.expires_on,
        industry_factors.recorded_at,
        greatest(industry_factors.known_on, accounts.known_on) as known_on
    from industry_factors
    inner join accounts on industry_factors.industry = accounts.industry
    where industry_factors.factor_type = 'regulation' and industry_factors.effect_points < 0

),

all_events as (

    select * from own_events
    union all
    select * from industry_events

),

final as (

    select
        external_event_id,
        account_id,
        event_type,
        severity_points,
        event_on,
        expires_on,
        recorded_at,
        known_on
    from all_events

)

select * from final
