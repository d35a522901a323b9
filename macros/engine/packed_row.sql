{# All raw columns of a row in one value; nested_text() turns it into JSON. The columns come as raw_1,
   raw_2 and so on, so that only the rows that end in quarantine pay for the packing. #}
{% macro packed_row(column_names) -%}
    {{ return(adapter.dispatch('packed_row')(column_names)) }}
{%- endmacro %}

{% macro default__packed_row(column_names) -%}
    named_struct(
        {%- for name in column_names %}'{{ name }}', raw_{{ loop.index }}{{ ', ' if not loop.last }}{% endfor -%}
    )
{%- endmacro %}

{% macro duckdb__packed_row(column_names) -%}
    struct_pack(
        {%- for name in column_names %}{{ adapter.quote(name) }} := raw_{{ loop.index }}
        {{- ', ' if not loop.last }}{% endfor -%}
    )
{%- endmacro %}

{# A call in Postgres takes at most 100 arguments. #}
{% macro postgres__packed_row(column_names) -%}
    {%- for name in column_names -%}
        jsonb_build_object('{{ name }}', raw_{{ loop.index }}){{ ' || ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
