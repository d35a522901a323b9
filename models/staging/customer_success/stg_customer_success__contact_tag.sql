with

checked as (

    {{ checked_source('customer_success', 'contact_tag') }}

),

final as (

    select
        id as contact_tag_id,
        account_id,
        contact_id,
        tag,
        end_reason,
        valid_from,
        valid_to,
        end_recorded_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
