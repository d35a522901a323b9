{# A value lies within its bounds; null passes, NaN does not. #}
{% test accepted_range(model, column_name, min_value=none, max_value=none, inclusive=true) %}

{%- set or_equal = '=' if inclusive else '' %}

select {{ column_name }}
from {{ model }}
where
    {{ column_name }} is not null
    and not (
        {{ column_name }} = {{ column_name }}
        {%- if min_value is not none %}
        and {{ column_name }} >{{ or_equal }} {{ min_value }}
        {%- endif %}
        {%- if max_value is not none %}
        and {{ column_name }} <{{ or_equal }} {{ max_value }}
        {%- endif %}
    )

{% endtest %}
