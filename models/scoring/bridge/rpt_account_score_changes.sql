with

score_changes as (

    select * from {{ ref('fct_account_score_changes') }}
    where
        as_of_date = {{ as_of_date() }}
        and since_date = {{ comparison_date() }}

),

final as (

    select
        account_id,
        since_date,
        as_of_date,
        objective_id,
        since_health_score,
        health_score,
        since_band,
        band,
        since_full_score,
        full_score,
        change_points,
        {%- for term in change_reasons() %}
        {{ term }}_points,
        {%- endfor %}
        change_text
    from score_changes

)

select * from final
