{# A short stand-in for a key, to find keys that occur more than once. Two keys may share one, so
   whoever reads it still compares the keys themselves. #}
{% macro key_hash(columns) -%}
    {{ return(adapter.dispatch('key_hash')(columns)) }}
{%- endmacro %}

{% macro default__key_hash(columns) -%} {{ surrogate_key(columns) }} {%- endmacro %}

{% macro duckdb__key_hash(columns) -%} hash({{ columns | join(', ') }}) {%- endmacro %}

{% macro spark__key_hash(columns) -%} xxhash64({{ columns | join(', ') }}) {%- endmacro %}
