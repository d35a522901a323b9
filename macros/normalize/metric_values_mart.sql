{# A mart of metric values: each value of a domain's wide model becomes one row per metric of the
   catalogue that scores it, so a metric that reuses a value needs no SQL. #}
{% macro metric_values_mart(domain, value_ids) -%}
with

wide_values as (

    select * from {{ ref('int_metrics_' ~ domain ~ '__values') }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

long_values as (
    {% for value_id in value_ids %}
    {{ metric_value_rows(value_id) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

judged_values as (

    select
        *,
        case
            when value_hint is not null then value_hint
            when value_fault is not null then value_fault
            when is_state and quality = 0 then 'stale'
            when metric_value = 0 then 'zero'
            else 'observed'
        end as input_status
    from long_values

),

final as (

    select
        account_id,
        as_of_date,
        dimension_id,
        metric_id,
        value_id,
        has_peers,
        case when input_status in ('observed', 'zero') then metric_value end as metric_value,
        input_status,
        sample_size,
        last_data_on,
        case when input_status in ('observed', 'zero') then quality else 0 end as quality
    from judged_values

)

select * from final
{%- endmacro %}
