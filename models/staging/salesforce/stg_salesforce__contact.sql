with

checked as (

    {{ checked_source('salesforce', 'contact') }}

),

final as (

    select
        id as contact_id,
        account_id,
        owner_id,
        {{ email_hash('email') }} as email_hash,
        {{ email_domain('email') }} as email_domain,
        department,
        lead_source,
        created_date as created_at,
        last_modified_date as last_modified_at,
        last_activity_date as last_activity_on,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
