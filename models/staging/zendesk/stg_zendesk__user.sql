with

checked as (

    {{ checked_source('zendesk', 'user') }}

),

final as (

    select
        id as user_id,
        organization_id,
        external_id,
        role as user_role,
        {{ email_hash('email') }} as email_hash,
        {{ email_domain('email') }} as email_domain,
        created_at,
        active as is_active,
        suspended as is_suspended,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
