with

calendar as (

    select * from {{ ref('int_metrics_usage__calendar') }}

),

plan_entitlements as (

    select * from {{ ref('dim_plan_entitlements') }}

),

product_features as (

    select * from {{ ref('product_features') }}

),

as_of_dates as (

    select distinct first_counted_on as as_of_date from calendar

),

feature_bits as (

    select
        feature_id,
        {{ bits_in_any(bit_at('feature_bit')) }} as feature_bit
    from product_features
    where is_core_feature
    group by feature_id

),

{# A core feature that sends no events stays in the denominator: nobody can be seen to use it. #}
final as (

    select
        as_of_dates.as_of_date,
        plan_entitlements.plan_tier,
        coalesce({{ bits_in_any('feature_bits.feature_bit') }}, 0) as entitled_features,
        count(distinct plan_entitlements.feature_id) as entitled_count
    from as_of_dates
    inner join plan_entitlements
        on
            {{ valid_on('as_of_dates.as_of_date', 'plan_entitlements') }}
            and as_of_dates.as_of_date >= plan_entitlements.known_on
    left join feature_bits on plan_entitlements.feature_id = feature_bits.feature_id
    where plan_entitlements.is_core
    group by as_of_dates.as_of_date, plan_entitlements.plan_tier

)

select * from final
