with

group_calls as (

    select * from {{ ref('stg_product_events__groups') }}

),

{#
    A workspace calls home every week and says the same, so the calls are folded before they are
    ranked.
#}
declarations as (

    select
        group_id,
        crm_account_id,
        domain,
        min(recorded_at) as recorded_at
    from group_calls
    group by
        group_id,
        crm_account_id,
        domain

),

{# The first declared key is kept, so that a later call changes no history. #}
ranked_declarations as (

    select
        group_id,
        crm_account_id,
        domain,
        min(recorded_at) over (partition by group_id) as first_recorded_at,
        row_number() over (
            partition by group_id
            order by
                case when crm_account_id is null then 1 else 0 end,
                recorded_at,
                crm_account_id nulls last,
                domain nulls last
        ) as declaration_number
    from declarations

),

final as (

    select
        group_id,
        crm_account_id,
        domain,
        first_recorded_at as recorded_at
    from ranked_declarations
    where declaration_number = 1

)

select * from final
