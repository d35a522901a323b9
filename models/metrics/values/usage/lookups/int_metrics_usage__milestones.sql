with

product_features as (

    select * from {{ ref('product_features') }}

),

distinct_milestones as (

    select distinct milestone_id
    from product_features
    where milestone_id is not null

),

numbered_milestones as (

    select
        milestone_id,
        cast(row_number() over (order by milestone_id asc) as integer) - 1 as milestone_position
    from distinct_milestones

),

final as (

    select
        milestone_id,
        {{ bit_at('milestone_position') }} as milestone_bit
    from numbered_milestones

)

select * from final
