with

checked as (

    {{ checked_source('surveys', 'people') }}

),

final as (

    select
        id as person_id,
        {{ email_hash('email') }} as email_hash,
        {{ email_domain('email') }} as email_domain,
        created_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
