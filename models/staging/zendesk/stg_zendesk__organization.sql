with

checked as (

    {{ checked_source('zendesk', 'organization') }}

),

final as (

    select
        id as organization_id,
        name as organization_name,
        external_id,
        lower(domain_names) as domain_names,
        created_at,
        updated_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
