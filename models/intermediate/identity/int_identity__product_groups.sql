with

group_calls as (

    select * from {{ ref('stg_product_events__groups') }}

),

{# A workspace calls home every week; its first declared key is kept, so that a later call changes no history. #}
ranked_calls as (

    select
        group_id,
        crm_account_id,
        lower(domain) as domain,
        min(recorded_at) over (partition by group_id) as first_recorded_at,
        row_number() over (
            partition by group_id
            order by case when crm_account_id is null then 1 else 0 end, recorded_at, group_call_id
        ) as call_number
    from group_calls

),

final as (

    select
        group_id,
        crm_account_id,
        domain,
        first_recorded_at as recorded_at
    from ranked_calls
    where call_number = 1

)

select * from final
