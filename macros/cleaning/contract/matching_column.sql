{# The raw column that a contract column means: AccountId, account_id and accountid are one. An exact
   name wins, then the same letters, then each alias in turn. #}
{% macro matching_column(name, aliases, raw_columns) -%}
    {%- for raw_column in raw_columns if raw_column.name == name -%}
        {{ return(raw_column) }}
    {%- endfor -%}
    {%- for wanted in [name] + aliases -%}
        {%- for raw_column in raw_columns -%}
            {%- if raw_column.name | lower | replace('_', '') == wanted | lower | replace('_', '') -%}
                {{ return(raw_column) }}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(none) }}
{%- endmacro %}
