with

checked as (

    {{ checked_source('marketing', 'contact') }}

),

final as (

    select
        id as marketing_contact_id,
        {{ email_hash('property_email') }} as email_hash,
        {{ email_domain('property_email') }} as email_domain,
        {{ snake_case('property_lifecyclestage') }} as lifecycle_stage,
        property_createdate as created_at,
        property_hs_marketable_status as is_marketable,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
