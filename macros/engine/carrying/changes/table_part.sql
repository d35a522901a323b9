{# Some part of a table that its rows fall into by these columns: so many that their sums fit beside the
   processor, and that few changes leave nearly all of them as they are. #}
{% macro table_part(columns) -%}
    {{ return(key_hash(columns) ~ ' % ' ~ 2 ** 14) }}
{%- endmacro %}
