with

account_health as (

    select * from {{ ref('rpt_account_health') }}

),

final as (

    select
        account_id,
        as_of_date,
        overall_score as health_score,
        overall_band as health_band,
        overall_confidence as health_confidence,
        overall_score_change as health_score_change,
        main_concern as health_main_concern,
        binding_gate_id as health_gate_id
    from account_health
    where is_eligible

)

select * from final
