{# Which column of a raw row holds a value that does not parse, or null. A NaN or an infinity is a
   missing value, not a parse failure. #}
{% macro parse_failure(columns) -%}
    {%- set checks = [] -%}
    {%- for column in columns if column.raw is not none -%}
        {%- set raw = quoted_name(column.raw) -%}
        {%- set text = "lower(trim(" ~ raw ~ "))" -%}
        {%- if column.family == 'text' and column.type != 'varchar' -%}
            {%- do checks.append("when " ~ text ~ " <> '' and " ~ contract_value(column) ~ " is null and " ~ text
                ~ " not in ('nan', 'inf', '-inf', '+inf', 'infinity', '-infinity', 'null')"
                ~ " then 'unparsable_" ~ column.name ~ "'") -%}
        {%- elif column.family == 'text' and column.rules.get('closed') -%}
            {#- A label without a Latin letter or digit has no snake case; it is unknown, not missing. -#}
            {%- do checks.append("when " ~ text ~ " <> '' and " ~ contract_value(column) ~ " is null then 'unknown_"
                ~ column.rules.enum ~ "'") -%}
        {%- elif column.family in ('float', 'decimal', 'integer') and column.type in ('integer', 'bigint', 'boolean', 'timestamp', 'date') -%}
            {%- set present = finite(raw) if column.family == 'float' else raw -%}
            {%- do checks.append("when " ~ present ~ " is not null and " ~ contract_value(column)
                ~ " is null then 'unparsable_" ~ column.name ~ "'") -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if checks -%} case {{ checks | join('\n            ') }} end
    {%- else -%} cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}
