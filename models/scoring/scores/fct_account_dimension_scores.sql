with

{% for domain in value_domains() -%}
{{ domain }}_sums as (

    select * from {{ ref('int_scoring__' ~ domain ~ '_sums') }}

),

{% endfor -%}

united_sums as (
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

{# A metric may score a value of another domain, so a dimension can have sums from several. #}
dimension_sums as (

    select
        account_id,
        as_of_date,
        dimension_id,
        sum(weight_sum) as weight_sum,
        sum(effective_sum) as effective_sum,
        sum(typical_sum) as typical_sum,
        sum(known_sum) as known_sum,
        sum(assumed_sum) as assumed_sum,
        sum(variance_sum) as variance_sum,
        sum(metric_count) as metric_count,
        sum(observed_metric_count) as observed_metric_count
    from united_sums
    group by account_id, as_of_date, dimension_id

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
