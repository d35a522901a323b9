{# Whether a text column has one of the values that it has in some rows of a table while the model runs,
   as a condition of constants: what they rule out is not worked out at all, which no join does. True
   where there is no such table yet, as in a unit test or a compilation. #}
{% macro found_among(column, relation, condition) -%}
    {%- if not execute or relation.is_cte or load_relation(relation) is none -%} {{ return('true') }} {%- endif -%}
    {%- set literals = [] -%}
    {%- for row in run_query(
        "select distinct " ~ column ~ " from " ~ relation ~ " where " ~ condition ~ " order by " ~ column
    ) -%}
        {%- do literals.append("'" ~ row[0].replace("'", "''") ~ "'") -%}
    {%- endfor -%}
    {{ return(column ~ " in (" ~ literals | join(', ') ~ ")" if literals else '1 = 0') }}
{%- endmacro %}
