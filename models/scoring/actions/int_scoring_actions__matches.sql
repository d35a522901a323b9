with

number_facts as (

    select * from {{ ref('int_scoring_actions__number_facts') }}

),

text_facts as (

    select * from {{ ref('int_scoring_actions__text_facts') }}

),

playbook_conditions as (

    select * from {{ ref('playbook_conditions') }}

),

met_conditions as (

    select
        number_facts.account_id,
        playbook_conditions.play_id,
        playbook_conditions.alternative,
        playbook_conditions.condition_number
    from playbook_conditions
    inner join number_facts on playbook_conditions.fact_id = number_facts.fact_id
    where {{ number_condition_is_met('playbook_conditions', 'number_facts.number_value') }}
    union
    select
        text_facts.account_id,
        playbook_conditions.play_id,
        playbook_conditions.alternative,
        playbook_conditions.condition_number
    from playbook_conditions
    inner join text_facts
        on
            playbook_conditions.fact_id = text_facts.fact_id
            and playbook_conditions.text_value = text_facts.text_value
    where playbook_conditions.comparison = 'is'

),

asked as (

    select
        play_id,
        alternative,
        count(*) as condition_count
    from playbook_conditions
    group by play_id, alternative

),

met as (

    select
        account_id,
        play_id,
        alternative,
        count(*) as condition_count
    from met_conditions
    group by account_id, play_id, alternative

),

{# A fact that is not known meets no condition: nobody is called for what was never seen. #}
final as (

    select
        met.account_id,
        met.play_id,
        min(met.alternative) as alternative
    from met
    inner join asked
        on
            met.play_id = asked.play_id
            and met.alternative = asked.alternative
            and met.condition_count = asked.condition_count
    group by met.account_id, met.play_id

)

select * from final
