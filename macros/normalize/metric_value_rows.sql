{# The rows of one value for each metric of the catalogue that scores it. #}
{% macro metric_value_rows(value_id) -%}
    {%- set value = 'wide_values.' ~ value_id -%}
    select
        wide_values.account_id,
        wide_values.as_of_date,
        catalogue.dimension_id,
        catalogue.metric_id,
        catalogue.value_id,
        catalogue.peer_scheme is not null as has_peers,
        catalogue.kappa is null as is_state,
        {{ value }}_hint as value_hint,
        {{ value_fault(value ~ '_value', 'catalogue') }} as value_fault,
        {{ value_quality(value, 'wide_values.as_of_date', 'catalogue') }} as quality,
        {{ value }}_value as metric_value,
        {{ finite(value ~ '_sample') }} as sample_size,
        {{ value }}_last_on as last_data_on
    from wide_values
    inner join catalogue on catalogue.value_id = '{{ value_id }}'
{%- endmacro %}
