with

csm_pulses as (

    select * from {{ ref('int_success__csm_pulses') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        csm_pulses.pulse_id,
        account_sources.account_id,
        csm_pulses.rating,
        csm_pulses.rated_on,
        csm_pulses.recorded_at,
        greatest(csm_pulses.known_on, account_sources.known_on) as known_on
    from csm_pulses
    inner join account_sources
        on
            account_sources.source_system = 'salesforce'
            and csm_pulses.crm_account_id = account_sources.source_key
            and {{ valid_on('csm_pulses.rated_on', 'account_sources') }}

)

select * from final
