{# What a field of a CRM holds, from the text that staging read. What cannot be read is null, so it
   differs and is written again; it must not cost the account its row. A date comes as a date, as a
   timestamp at midnight, or as an epoch number. #}
{% macro held_field_value(text, kind) -%}
    {%- if kind == 'number' -%} {{ try_cast(text, 'numeric(5, 2)') }}
    {%- elif kind == 'date' -%}
        cast(
            coalesce(
                {{ try_cast(text, 'timestamp') }}, {{ epoch_to_utc(try_cast(text, type_double())) }}
            ) as date
        )
    {%- else -%} {{ text }}
    {%- endif -%}
{%- endmacro %}
