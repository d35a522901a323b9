{{ config(materialized='incremental') }}

with

{% for domain in value_domains() -%}
{{ domain }}_sums as (

    select * from {{ ref('int_scoring__' ~ domain ~ '_sums') }}

),

{% endfor -%}

united_sums as {{ inlined() }} (
    {% for domain in value_domains() %}
    select
        account_id,
        as_of_date,
        dimension_id,
        weight_sum,
        effective_sum,
        typical_sum,
        known_sum,
        assumed_sum,
        variance_sum,
        metric_count,
        observed_metric_count
    from {{ domain }}_sums
    {% if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}
),

dimension_domains as (
    {% for domain in value_domains() %}
    select distinct dimension_id from {{ domain }}_sums
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

shared_dimensions as (

    select dimension_id
    from dimension_domains
    group by dimension_id
    having count(*) > 1

),

{# A metric may score a value of another domain, so a dimension can have sums from several. Only
   such dimensions are summed again. #}
shared_sums as (

    select
        united_sums.account_id,
        united_sums.as_of_date,
        united_sums.dimension_id,
        sum(united_sums.weight_sum) as weight_sum,
        sum(united_sums.effective_sum) as effective_sum,
        sum(united_sums.typical_sum) as typical_sum,
        sum(united_sums.known_sum) as known_sum,
        sum(united_sums.assumed_sum) as assumed_sum,
        sum(united_sums.variance_sum) as variance_sum,
        sum(united_sums.metric_count) as metric_count,
        sum(united_sums.observed_metric_count) as observed_metric_count
    from united_sums
    inner join shared_dimensions
        on united_sums.dimension_id = shared_dimensions.dimension_id
    group by united_sums.account_id, united_sums.as_of_date, united_sums.dimension_id

),

dimension_sums as (

    select united_sums.*
    from united_sums
    left join shared_dimensions
        on united_sums.dimension_id = shared_dimensions.dimension_id
    where shared_dimensions.dimension_id is null
    union all
    select * from shared_sums

),

final as (

    select
        account_id,
        as_of_date,
        dimension_id,
        effective_sum / nullif(weight_sum, 0) as dimension_score,
        typical_sum / nullif(weight_sum, 0) as typical_score,
        known_sum / nullif(weight_sum, 0) as coverage,
        weight_sum as applicable_weight,
        (effective_sum - assumed_sum) / nullif(weight_sum, 0) as worst_score,
        (effective_sum - assumed_sum + 100 * (weight_sum - known_sum))
        / nullif(weight_sum, 0) as best_score,
        variance_sum / nullif(weight_sum * weight_sum, 0) as score_variance,
        cast(metric_count as integer) as metric_count,
        cast(observed_metric_count as integer) as observed_metric_count
    from dimension_sums

)

select * from final
