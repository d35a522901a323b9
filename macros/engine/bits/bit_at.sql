{# A 64-bit number with one bit set; positions run from 0 to 62, the sign bit stays free. #}
{% macro bit_at(position) -%}
    {{ return(adapter.dispatch('bit_at')(position)) }}
{%- endmacro %}

{% macro default__bit_at(position) -%} (cast(1 as bigint) << {{ position }}) {%- endmacro %}

{% macro spark__bit_at(position) -%}
    shiftleft(cast(1 as bigint), {{ position }})
{%- endmacro %}
