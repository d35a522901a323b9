with

industry_factors as (

    select * from {{ ref('int_market__industry_factors') }}

),

final as (

    select
        industry_factor_id,
        industry,
        factor_type,
        effect_points,
        author_role,
        evidence,
        valid_from,
        valid_to,
        review_by,
        expires_on,
        recorded_at,
        known_on
    from industry_factors

)

select * from final
