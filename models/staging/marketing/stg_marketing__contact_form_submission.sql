with

checked as (

    {{ checked_source('marketing', 'contact_form_submission') }}

),

final as (

    select
        contact_id as marketing_contact_id,
        form_id,
        timestamp as submitted_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
