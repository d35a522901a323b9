{# The table has at least one row. #}
{% test not_empty(model) %}

select count(*) as row_count
from {{ model }}
having count(*) = 0

{% endtest %}
