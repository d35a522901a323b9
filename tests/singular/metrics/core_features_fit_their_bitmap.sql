{# Feature breadth counts users per bit of a bitmap: a core feature beyond its slots would be lost
   without a word. #}
with

product_features as (

    select * from {{ ref('product_features') }}

),

final as (

    select
        event_name,
        feature_bit
    from product_features
    where
        is_core_feature
        and (
            feature_bit < 0
            or feature_bit >= {{ metric_parameter('feature_breadth', 'feature_slots') }}
        )

)

select * from final
