{# All raw columns of a row in one value; nested_text() turns it into JSON. Packing costs little, so
   only the rows that end in quarantine pay for the JSON. #}
{% macro packed_row(column_names) -%}
    {{ return(adapter.dispatch('packed_row')(column_names)) }}
{%- endmacro %}

{% macro default__packed_row(column_names) -%}
    named_struct(
        {%- for name in column_names %}'{{ name }}', {{ adapter.quote(name) }}
        {%- if not loop.last %}, {% endif %}{% endfor -%}
    )
{%- endmacro %}

{% macro duckdb__packed_row(column_names) -%}
    struct_pack(
        {%- for name in column_names %}{{ adapter.quote(name) }} := {{ adapter.quote(name) }}
        {%- if not loop.last %}, {% endif %}{% endfor -%}
    )
{%- endmacro %}

{# Postgres calls take at most 100 arguments. #}
{% macro postgres__packed_row(column_names) -%}
    {%- for batch in column_names | batch(40) -%}
        jsonb_build_object(
            {%- for name in batch %}'{{ name }}', {{ adapter.quote(name) }}
            {%- if not loop.last %}, {% endif %}{% endfor -%}
        )
        {%- if not loop.last %} || {% endif %}
    {%- endfor -%}
{%- endmacro %}
