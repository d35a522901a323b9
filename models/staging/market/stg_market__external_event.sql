with

checked as (

    {{ checked_source('market', 'external_event') }}

),

final as (

    select
        id as external_event_id,
        domain,
        event_type,
        source,
        event_date,
        published_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
