with

account_health as (

    select * from {{ ref('rpt_account_health') }}

),

bands as (

    select * from {{ ref('bands') }}

),

accounts_to_see as (

    select
        account_health.account_id,
        account_health.account_name,
        account_health.as_of_date,
        account_health.owner_id,
        account_health.overall_band as health_band,
        account_health.overall_score as health_score,
        account_health.overall_score_change as health_score_change,
        account_health.arr,
        account_health.renewal_on,
        account_health.negative_drivers as health_concerns,
        account_health.binding_gate_evidence as health_cap_evidence,
        account_health.overall_override_points as health_override_points,
        account_health.override_reason_code as health_override_reason,
        account_health.override_expires_on as health_override_expires_on,
        bands.band_rank
    from account_health
    inner join bands
        on
            account_health.overall_band = bands.band
            and account_health.score_version = bands.score_version
    where
        account_health.is_eligible
        and bands.needs_attention

),

{# Within an owner's book the worst band comes first, and within a band the largest account. #}
final as (

    select
        account_id,
        account_name,
        as_of_date,
        owner_id,
        health_band,
        health_score,
        health_score_change,
        arr,
        renewal_on,
        health_concerns,
        health_cap_evidence,
        health_override_points,
        health_override_reason,
        health_override_expires_on,
        cast(row_number() over (
            partition by owner_id
            order by
                band_rank asc nulls last,
                arr desc nulls last,
                account_id asc
        ) as integer) as owner_rank
    from accounts_to_see

)

select * from final
