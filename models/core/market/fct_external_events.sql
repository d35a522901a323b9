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

account_attributes as (

    select * from {{ ref('int_crm__account_attributes') }}

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

{# What an expert judged about an industry happens to each account of it, good or bad, as long as
   the account is in that industry. #}
judged_accounts as (

    select
        industry_factors.industry_factor_id,
        accounts.account_id,
        industry_factors.factor_type,
        industry_factors.effect_points,
        industry_factors.valid_from,
        account_attributes.valid_from as attributes_from,
        industry_factors.recorded_at,
        greatest(
            industry_factors.known_on,
            accounts.known_on,
            coalesce(account_attributes.valid_from, accounts.known_on)
        ) as known_on,
        {{ earlier_end('industry_factors.expires_on', 'account_attributes.valid_to') }}
            as expires_on
    from industry_factors
    inner join account_attributes on industry_factors.industry = account_attributes.industry
    inner join accounts on account_attributes.account_id = accounts.account_id
    where industry_factors.effect_points is not null

),

industry_events as (

    select
        {{ surrogate_key(['industry_factor_id', 'account_id', 'attributes_from']) }}
            as external_event_id,
        account_id,
        factor_type as event_type,
        -effect_points as severity_points,
        valid_from as event_on,
        expires_on,
        recorded_at,
        known_on
    from judged_accounts
    where expires_on is null or expires_on > known_on

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
