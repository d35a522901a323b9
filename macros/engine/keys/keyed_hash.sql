{# The pseudonym of a personal value: HMAC-SHA256 under the project's key, cut to 128 bits. The key is
   a setting of the session and stands in no SQL; a session without it stops at the first value. #}
{% macro keyed_hash(expression) -%}
    {{ return(adapter.dispatch('keyed_hash')(expression)) }}
{%- endmacro %}

{% macro default__keyed_hash(expression) -%}
    {{ exceptions.raise_compiler_error(
        "keyed_hash has no implementation for " ~ target.type ~ ": add " ~ target.type ~ "__keyed_hash, an"
        ~ " HMAC-SHA256 whose key comes from the session, to macros/engine/keys/keyed_hash.sql"
    ) }}
{%- endmacro %}

{# A missing variable would be a null and so would be every hash; error() stops instead. Its cast to
   text keeps the optimizer from folding it into that null. #}
{% macro duckdb__keyed_hash(expression) -%}
    {%- set padded = [] -%}
    {%- for name in ['health_pii_outer', 'health_pii_inner'] -%}
        {%- do padded.append("coalesce(getvariable('" ~ name ~ "'), cast(cast(error('the session has no key: the profile"
            ~ " must load the plugin scripts.lib.privacy.dbt_plugin') as varchar) as blob))") -%}
    {%- endfor -%}
    substr(sha256({{ padded[0] }} || unhex(sha256({{ padded[1] }} || encode({{ expression }})))), 1, 32)
{%- endmacro %}

{# The padded keys as hex text in the settings health.pii_outer and health.pii_inner. #}
{% macro postgres__keyed_hash(expression) -%}
    {%- set padded = [] -%}
    {%- for name in ['health.pii_outer', 'health.pii_inner'] -%}
        {%- do padded.append("decode(current_setting('" ~ name ~ "'), 'hex')") -%}
    {%- endfor -%}
    left(encode(
        sha256({{ padded[0] }} || sha256({{ padded[1] }} || convert_to({{ expression }}, 'UTF8'))), 'hex'
    ), 32)
{%- endmacro %}
