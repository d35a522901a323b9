{# A raw value as the contract's type: text trimmed, NaN and infinities null, any time as naive UTC,
   null where it does not parse. #}
{% macro typed_value(expression, family, data_type, verbatim=false) -%}
    {{ return(adapter.dispatch('typed_value')(expression, family, data_type, verbatim)) }}
{%- endmacro %}

{% macro default__typed_value(expression, family, data_type, verbatim) -%}
    {%- set text = expression if verbatim else "trim(" ~ expression ~ ")" -%}
    {%- if data_type == 'varchar' -%}
        {%- if family == 'text' -%} nullif({{ text }}, '')
        {%- elif family in ('float', 'decimal') -%}
            {#- A float holds NaN where a dataframe had a number id and a gap. -#}
            {%- set present = finite(expression) if family == 'float' else expression -%}
            coalesce(
                cast({{ whole_number(expression, family, 'bigint') }} as {{ dbt.type_string() }}),
                cast({{ present }} as {{ dbt.type_string() }})
            )
        {%- elif family == 'nested' -%} {{ nested_text(expression) }}
        {%- else -%} cast({{ expression }} as {{ dbt.type_string() }})
        {%- endif -%}
    {%- elif data_type == 'boolean' -%}
        {%- if family == 'boolean' -%} {{ expression }}
        {%- elif family == 'text' -%}
            case
                when lower({{ text }}) in ('true', 't', 'yes', 'y', '1', '1.0') then true
                when lower({{ text }}) in ('false', 'f', 'no', 'n', '0', '0.0') then false
            end
        {%- else -%} case when {{ expression }} = 1 then true when {{ expression }} = 0 then false end
        {%- endif -%}
    {%- elif data_type == 'double' -%}
        {%- set source = try_cast(text, type_double()) if family == 'text' else "cast(" ~ expression ~ " as " ~ type_double() ~ ")" -%}
        {{ finite(source) if family in ('text', 'float') else source }}
    {%- elif data_type in ('integer', 'bigint') -%}
        {{ whole_number(text if family == 'text' else expression, family, data_type) }}
    {%- elif data_type == 'timestamp' -%} {{ utc_timestamp(expression, family) }}
    {%- elif family == 'date' -%} {{ expression }}
    {%- else -%} cast({{ utc_timestamp(expression, family) }} as date)
    {%- endif -%}
{%- endmacro %}
