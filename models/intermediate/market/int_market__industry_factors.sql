{{ config(materialized='view') }}

with

industry_factors as (

    select * from {{ ref('stg_market__industry_factor') }}

),

final as (

    select
        industry_factor_id,
        industry,
        factor_type,
        {{ finite('effect_points') }} as effect_points,
        author_role,
        evidence,
        valid_from,
        valid_to,
        review_by,
        recorded_at,
        {{ known_on('valid_from', 'recorded_at') }} as known_on
    from industry_factors

)

select * from final
