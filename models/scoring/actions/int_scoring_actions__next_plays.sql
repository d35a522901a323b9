with

matches as (

    select * from {{ ref('int_scoring_actions__matches') }}

),

playbooks as (

    select * from {{ ref('playbooks') }}

),

attention_classes as (

    select * from {{ ref('attention_classes') }}

),

playbook_conditions as (

    select * from {{ ref('playbook_conditions') }}
    where condition_number = 1

),

described as (

    select
        matches.account_id,
        matches.play_id,
        matches.alternative,
        playbooks.play_rank,
        playbooks.owner_role,
        playbooks.attention_class,
        min(attention_classes.class_rank) over (partition by matches.account_id) as account_rank,
        attention_classes.class_rank
    from matches
    inner join playbooks on matches.play_id = playbooks.play_id
    inner join attention_classes on playbooks.attention_class = attention_classes.attention_class

),

{# One message to a customer: who is to be saved is not offered more, nor asked for a reference. #}
ranked as (

    select
        account_id,
        play_id,
        alternative,
        owner_role,
        attention_class,
        row_number() over (partition by account_id, owner_role order by play_rank) as owner_rank,
        row_number() over (partition by account_id order by play_rank) as account_play_rank
    from described
    where class_rank = account_rank

),

final as (

    select
        ranked.account_id,
        ranked.play_id,
        ranked.alternative,
        ranked.owner_role,
        ranked.attention_class,
        ranked.account_play_rank = 1 as is_first,
        playbook_conditions.fact_id
        || coalesce(' ' || playbook_conditions.text_value, '') as cause
    from ranked
    inner join playbook_conditions
        on
            ranked.play_id = playbook_conditions.play_id
            and ranked.alternative = playbook_conditions.alternative
    where ranked.owner_rank = 1

)

select * from final
