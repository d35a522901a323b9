{# A number is neither NaN nor infinite; null passes. #}
{% test finite(model, column_name) %}

select {{ column_name }}
from {{ model }}
where
    {{ column_name }} is not null
    and {{ finite(column_name) }} is null

{% endtest %}
