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
    select
        wide_values.account_id,
        wide_values.as_of_date,
        catalogue.dimension_id,
        catalogue.metric_id,
        catalogue.value_id,
        catalogue.peer_scheme is not null as has_peers,
        wide_values.{{ value_id }}_hint as value_hint,
        {{ value_quality('wide_values.' ~ value_id, 'wide_values.as_of_date', 'catalogue') }}
            as quality,
        {{ value_fault('wide_values.' ~ value_id ~ '_value', 'catalogue') }} as value_fault,
        catalogue.kappa is null as is_state,
        wide_values.{{ value_id }}_value as metric_value,
        {{ finite('wide_values.' ~ value_id ~ '_sample') }} as sample_size,
        wide_values.{{ value_id }}_last_on as last_data_on
    from wide_values
    inner join catalogue on catalogue.value_id = '{{ value_id }}'
    {% if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}
),

judged_values as (

    select
        account_id,
        as_of_date,
        dimension_id,
        metric_id,
        value_id,
        has_peers,
        metric_value,
        sample_size,
        last_data_on,
        quality,
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
