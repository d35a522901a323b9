{{ config(materialized='view') }}

with

industry_factors as (

    select * from {{ ref('stg_market__industry_factor') }}

),

{# Nobody should rely on a judgement after the day of its review without a new look. #}
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
        {{ earlier_end('valid_to', add_days('review_by', 1)) }} as expires_on,
        recorded_at,
        {{ known_on('valid_from', 'recorded_at') }} as known_on
    from industry_factors

)

select * from final
