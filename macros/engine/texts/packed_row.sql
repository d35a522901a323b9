{# Named values of a row in one value; nested_text() turns it into JSON. #}
{% macro packed_row(names, values) -%}
    {{ return(adapter.dispatch('packed_row')(names, values)) }}
{%- endmacro %}

{% macro default__packed_row(names, values) -%}
    named_struct(
        {%- for name in names %}'{{ dbt.escape_single_quotes(name) }}', {{ values[loop.index0] }}{{ ', ' if not loop.last }}{% endfor -%}
    )
{%- endmacro %}

{% macro duckdb__packed_row(names, values) -%}
    struct_pack(
        {%- for name in names %}{{ quoted_name(name) }} := {{ values[loop.index0] }}
        {{- ', ' if not loop.last }}{% endfor -%}
    )
{%- endmacro %}

{# A call in Postgres takes at most 100 arguments. #}
{% macro postgres__packed_row(names, values) -%}
    {%- for name in names -%}
        jsonb_build_object('{{ dbt.escape_single_quotes(name) }}', {{ values[loop.index0] }}){{ ' || ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
