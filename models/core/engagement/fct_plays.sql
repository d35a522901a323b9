with

plays as (

    select * from {{ ref('int_success__plays') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        plays.play_id,
        account_sources.account_id,
        plays.play,
        plays.started_on,
        plays.ended_on,
        plays.outcome,
        plays.recorded_at,
        greatest(plays.known_on, account_sources.known_on) as known_on
    from plays
    inner join account_sources
        on
            account_sources.source_system = 'salesforce'
            and plays.crm_account_id = account_sources.source_key
            and {{ valid_on('plays.started_on', 'account_sources') }}

)

select * from final
