{{ config(materialized='view') }}

with

peer_rates as (

    select * from {{ ref('peer_rates') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

final as (

    select
        peer_rates.peer_group,
        peer_rates.rate,
        peer_rates.ticket_rate
    from peer_rates
    inner join score_versions on peer_rates.baseline_version = score_versions.baseline_version
    where score_versions.is_published and peer_rates.value_id = 'sev_ticket_rate_ratio'

)

select * from final
