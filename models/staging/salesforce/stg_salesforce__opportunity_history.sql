with

checked as (

    {{ checked_source('salesforce', 'opportunity_history') }}

),

final as (

    select
        id as opportunity_id,
        account_id,
        type as opportunity_type,
        stage_name,
        amount,
        probability,
        close_date,
        _fivetran_start as version_start_at,
        _fivetran_end as version_end_at,
        is_closed,
        is_won,
        _fivetran_active as is_current_version,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
