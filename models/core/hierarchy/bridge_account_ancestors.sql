with

account_parents as (

    select * from {{ ref('fct_account_parents') }}

),

walks as (

    {{ ancestor_walk(ref('fct_account_parents')) | indent(4) }}

),

final as (

    select
        walks.account_id,
        walks.as_of_date,
        walks.ancestor_account_id,
        walks.distance,
        account_parents.parent_account_id is null as is_top
    from walks
    left join account_parents
        on
            walks.ancestor_account_id = account_parents.account_id
            and walks.as_of_date = account_parents.as_of_date

)

select * from final
