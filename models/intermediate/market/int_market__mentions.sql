{{ config(materialized='view') }}

with

mentions as (

    select * from {{ ref('stg_market__mention') }}

),

final as (

    select
        mention_id,
        domain,
        platform,
        mention_subject,
        competitor,
        {{ finite('polarity') }} as polarity,
        reach,
        {{ reporting_date('posted_at') }} as posted_on,
        recorded_at,
        {{ known_on('posted_at', 'recorded_at') }} as known_on
    from mentions

)

select * from final
