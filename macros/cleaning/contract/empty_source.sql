{# The typed empty relation of a source table that was not exported. #}
{% macro empty_source(contract) -%}
    select
        {%- for column in contract.columns if column.name != contract.clock %}
        cast(null as {{ contract_type(column.type) }}) as {{ column.name }},
        {%- endfor %}
        cast(null as timestamp) as recorded_at,
        cast(null as timestamp) as last_recorded_at,
        cast(null as {{ dbt.type_string() }}) as rejection_reason
    where false
{%- endmacro %}
