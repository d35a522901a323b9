with

account_health as (

    select * from {{ ref('rpt_account_health') }}

),

bands as (

    select * from {{ ref('bands') }}

),

{# A worklist is what someone should look at: bands that the seed marks for attention. #}
needing_attention as (

    select
        account_health.*,
        row_number() over (
            partition by account_health.owner_id
            order by
                bands.band_rank asc nulls last,
                account_health.arr desc nulls last,
                account_health.account_id asc
        ) as owner_rank
    from account_health
    inner join bands
        on account_health.overall_band = bands.band
    where
        account_health.is_eligible
        and bands.needs_attention

),

final as (

    select
        owner_id,
        owner_rank,
        account_id,
        account_name,
        as_of_date,
        overall_band as health_band,
        overall_score as health_score,
        overall_score_change as health_score_change,
        arr,
        renewal_on,
        main_concern,
        binding_gate_id
    from needing_attention

)

select * from final
