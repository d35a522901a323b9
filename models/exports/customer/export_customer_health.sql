with

customer_scores as (

    select * from {{ ref('int_exports_customer__scores') }}

),

customer_levels as (

    select * from {{ ref('customer_levels') }}

),

customer_reasons as (

    select * from {{ ref('int_exports_customer__reasons') }}

),

customer_steps as (

    select * from {{ ref('int_exports_customer__steps') }}

),

accounts as (

    select * from {{ ref('dim_accounts') }}

),

steps as (

    select
        account_id,
        {%- for rank in shown_ranks() %}
        max(step_text) filter (where step_number = {{ rank }}) as step_{{ rank }},
        max(step_points) filter (where step_number = {{ rank }}) as step_{{ rank }}_points,
        {%- endfor %}
        sum(step_points) as steps_points,
        max(score_after) as score_after_steps
    from customer_steps
    group by account_id

),

{# Each column is here because somebody allowed it; a test holds the list. #}
final as (

    select
        customer_scores.account_id,
        accounts.account_name,
        customer_scores.as_of_date,
        {{ shown_score('customer_scores.customer_score') }} as health_score,
        customer_levels.customer_level as health_level,
        customer_reasons.strength_texts as what_goes_well,
        customer_reasons.weakness_texts as what_holds_back,
        {%- for rank in shown_ranks() %}
        steps.step_{{ rank }},
        steps.step_{{ rank }}_points,
        {%- endfor %}
        cast(steps.steps_points as numeric(5, 1)) as steps_points,
        steps.score_after_steps
    from customer_scores
    inner join accounts on customer_scores.account_id = accounts.account_id
    inner join customer_levels
        on {{ within_limits(
            shown_score('customer_scores.customer_score'), 'customer_levels',
            'from_score', 'to_score'
        ) }}
    left join customer_reasons on customer_scores.account_id = customer_reasons.account_id
    left join steps on customer_scores.account_id = steps.account_id

)

select * from final
