{# How many bits of a bitmap are set. #}
{% macro bit_total(bitmap) -%}
    {{ return(adapter.dispatch('bit_total')(bitmap)) }}
{%- endmacro %}

{% macro default__bit_total(bitmap) -%} cast(bit_count({{ bitmap }}) as integer) {%- endmacro %}

{% macro postgres__bit_total(bitmap) -%}
    cast(bit_count(cast({{ bitmap }} as bit(64))) as integer)
{%- endmacro %}
