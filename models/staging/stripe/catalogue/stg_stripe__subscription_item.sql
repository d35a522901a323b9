with

checked as (

    {{ checked_source('stripe', 'subscription_item') }}

),

final as (

    select
        id as subscription_item_id,
        subscription_id,
        price_id,
        quantity,
        created as created_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
