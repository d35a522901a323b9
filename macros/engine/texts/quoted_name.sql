{# A name that a file gave, as an identifier: adapter.quote() leaves the quotes within it alone, and
   what stands behind one would be read as SQL. #}
{% macro quoted_name(name) -%}
    {{ return(adapter.dispatch('quoted_name')(name)) }}
{%- endmacro %}

{% macro default__quoted_name(name) -%}
    {{ return(adapter.quote(name | replace('"', '""'))) }}
{%- endmacro %}

{% macro spark__quoted_name(name) -%}
    {{ return(adapter.quote(name | replace('`', '``'))) }}
{%- endmacro %}
