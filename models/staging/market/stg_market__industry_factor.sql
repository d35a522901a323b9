with

checked as (

    {{ checked_source('market', 'industry_factor') }}

),

final as (

    select
        id as industry_factor_id,
        industry,
        factor_type,
        author_role,
        evidence,
        effect_points,
        valid_from,
        valid_to,
        review_by,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
