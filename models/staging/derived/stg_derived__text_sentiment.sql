with

checked as (

    {{ checked_source('derived', 'text_sentiment') }}

),

final as (

    select
        text_hash,
        scorer_version,
        compound as sentiment_compound,
        text_length,
        is_supported_language,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
