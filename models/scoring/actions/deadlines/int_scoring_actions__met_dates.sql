{{ config(materialized='view') }}

with

action_accounts as (

    select * from {{ ref('int_scoring_actions__accounts') }}

),

next_plays as (

    select * from {{ ref('int_scoring_actions__next_plays') }}

),

playbook_conditions as (

    select * from {{ ref('playbook_conditions') }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

bands as (

    select * from {{ ref('bands') }}

),

account_gates as (

    select * from {{ ref('fct_account_gates') }}

),

asked_conditions as (

    select
        next_plays.account_id,
        next_plays.play_id,
        playbook_conditions.condition_number,
        playbook_conditions.fact_id,
        playbook_conditions.comparison,
        playbook_conditions.number_value,
        playbook_conditions.text_value
    from next_plays
    inner join playbook_conditions
        on
            next_plays.play_id = playbook_conditions.play_id
            and next_plays.alternative = playbook_conditions.alternative

),

dated_scores as (

    select
        health_scores.account_id,
        health_scores.as_of_date,
        health_scores.objective_id,
        health_scores.health_score,
        health_scores.coverage,
        health_scores.band,
        case when bands.needs_attention then 1 else 0 end as needs_attention
    from health_scores
    inner join action_accounts on health_scores.account_id = action_accounts.account_id
    left join bands
        on
            health_scores.score_version = bands.score_version
            and health_scores.band = bands.band

),

dated_numbers as (

    {{ fact_rows([
        ('dated_scores', "objective_id || '_score'", 'health_score'),
        ('dated_scores', "objective_id || '_coverage'", 'coverage'),
        ('dated_scores', "objective_id || '_needs_attention'", 'needs_attention'),
    ], 'number_value', type_double(), ['account_id', 'as_of_date']) }}

),

dated_texts as (

    {{ fact_rows([
        ('dated_scores', "objective_id || '_band'", 'band'),
        ('account_gates', "'active_gate'", 'gate_id'),
    ], 'text_value', dbt.type_string(), ['account_id', 'as_of_date']) }}

),

{# Drivers and single metrics are known of the current date alone, and tell no beginning. #}
final as (

    select
        asked_conditions.account_id,
        asked_conditions.play_id,
        asked_conditions.condition_number,
        dated_numbers.as_of_date
    from asked_conditions
    inner join dated_numbers
        on
            asked_conditions.account_id = dated_numbers.account_id
            and asked_conditions.fact_id = dated_numbers.fact_id
    where {{ number_condition_is_met('asked_conditions', 'dated_numbers.number_value') }}
    union
    select
        asked_conditions.account_id,
        asked_conditions.play_id,
        asked_conditions.condition_number,
        dated_texts.as_of_date
    from asked_conditions
    inner join dated_texts
        on
            asked_conditions.account_id = dated_texts.account_id
            and asked_conditions.fact_id = dated_texts.fact_id
            and asked_conditions.text_value = dated_texts.text_value

)

select * from final
