with

checked as (

    {{ checked_source('salesforce', 'user') }}

),

final as (

    select
        id as user_id,
        manager_id,
        department,
        {{ snake_case('user_type') }} as user_type,
        is_active,
        activity_sync_enabled_c as is_activity_sync_enabled,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
