{# An expression over the columns of one row holds in every row; null counts as broken. #}
{% test expression_is_true(model, expression, column_name=none) %}

select *
from {{ model }}
where not coalesce({{ column_name or '' }} {{ expression }}, false)

{% endtest %}
