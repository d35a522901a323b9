with

gate_signals as (

    select * from {{ ref('fct_account_gate_signals') }}

),

gates as (

    select * from {{ ref('gates') }}

),

gate_objectives as (

    select * from {{ ref('gate_objectives') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

active_gates as (

    select
        gate_signals.account_id,
        gate_signals.as_of_date,
        gate_objectives.objective_id,
        gates.gate_id,
        gates.cap as gate_cap,
        gates.maximum_confidence,
        gate_signals.signal_value,
        gate_signals.evidence
    from gate_signals
    inner join gates on gate_signals.signal_id = gates.signal_id
    inner join score_versions
        on
            gates.score_version = score_versions.score_version
            and score_versions.is_published
    inner join gate_objectives
        on
            gates.gate_id = gate_objectives.gate_id
            and gates.score_version = gate_objectives.score_version
    where
        case gates.comparison
            when 'gt' then gate_signals.signal_value > gates.threshold
            when 'gte' then gate_signals.signal_value >= gates.threshold
            when 'lt' then gate_signals.signal_value < gates.threshold
            when 'lte' then gate_signals.signal_value <= gates.threshold
        end

),

ranked_gates as (

    select
        account_id,
        as_of_date,
        objective_id,
        gate_id,
        gate_cap,
        maximum_confidence,
        signal_value,
        evidence,
        row_number() over (
            partition by account_id, as_of_date, objective_id
            order by gate_cap, gate_id
        ) as cap_rank
    from active_gates

),

final as (

    select
        account_id,
        as_of_date,
        objective_id,
        gate_id,
        gate_cap,
        maximum_confidence,
        signal_value,
        evidence,
        cap_rank = 1 as is_binding
    from ranked_gates

)

select * from final
