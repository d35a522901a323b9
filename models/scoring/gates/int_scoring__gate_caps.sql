with

account_gates as (

    select * from {{ ref('fct_account_gates') }}

),

confidence_levels as (

    select * from {{ ref('confidence_levels') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

published_levels as (

    select
        confidence_levels.confidence,
        confidence_levels.confidence_rank
    from confidence_levels
    inner join score_versions on confidence_levels.score_version = score_versions.score_version
    where score_versions.is_published

),

final as (

    select
        account_gates.account_id,
        account_gates.as_of_date,
        account_gates.objective_id,
        max(account_gates.gate_id) filter (where account_gates.is_binding) as binding_gate_id,
        min(account_gates.gate_cap) as gate_cap,
        min(published_levels.confidence_rank) as maximum_confidence_rank
    from account_gates
    left join published_levels
        on account_gates.maximum_confidence = published_levels.confidence
    group by
        account_gates.account_id,
        account_gates.as_of_date,
        account_gates.objective_id

)

select * from final
