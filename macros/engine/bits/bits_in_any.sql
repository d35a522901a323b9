{# The bits that are set in any row of a group (or of a window); null where every row is null. #}
{% macro bits_in_any(bitmap) -%}
    {{ return(adapter.dispatch('bits_in_any')(bitmap)) }}
{%- endmacro %}

{% macro default__bits_in_any(bitmap) -%} bit_or({{ bitmap }}) {%- endmacro %}
