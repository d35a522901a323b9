with

checked as (

    {{ checked_source('market', 'mention') }}

),

final as (

    select
        id as mention_id,
        {{ snake_case('platform') }} as platform,
        domain,
        subject as mention_subject,
        competitor,
        polarity,
        reach,
        posted_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
