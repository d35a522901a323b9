{# Every row has a value in each of these columns. The table is read once for all of them, where one
   test of a column each would cost dbt many times what the engine does. #}
{% test no_nulls(model, columns) %}

with missing as (

    select
        {%- for column in columns %}
        count(*) - count({{ column }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ model }}

)
{%- for column in columns %}

select '{{ column }} has no value in this many rows: ' || {{ column }} as told
from missing
where {{ column }} > 0
{{ 'union all' if not loop.last }}
{%- endfor %}

{% endtest %}
