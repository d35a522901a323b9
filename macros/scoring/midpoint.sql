{# The mean of a number at two dates. A product changes by the change of each factor times the midpoints
   of the others, with nothing left over. #}
{% macro midpoint(earlier, later) -%}
    ({{ earlier }} + {{ later }}) / 2
{%- endmacro %}
