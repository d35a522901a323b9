{# The rules of a contract in their fixed order, as pairs of condition and reason. #}
{% macro rule_checks(contract) -%}
    {%- set checks = [] -%}
    {%- for column in contract.columns -%}
        {%- set condition = is_erased(contract, column, "source_rows." ~ column.name, 'row') -%}
        {%- if condition -%} {%- do checks.append([condition, "'erased_subject'"]) -%} {%- endif -%}
    {%- endfor -%}
    {%- for name in contract.key -%}
        {%- do checks.append(["source_rows." ~ name ~ " is null", "'missing_key'"]) -%}
    {%- endfor -%}
    {%- do checks.append(["source_rows.parse_failure is not null", "source_rows.parse_failure"]) -%}
    {%- for column in contract.columns if column.rules.get('required') and column.name not in contract.key -%}
        {%- set name = 'loaded_at' if column.name == contract.clock else column.name -%}
        {%- do checks.append(["source_rows." ~ name ~ " is null", "'missing_" ~ column.name ~ "'"]) -%}
    {%- endfor -%}
    {%- for column in contract.columns if column.rules.get('closed') -%}
        {%- do checks.append(["(source_rows." ~ column.name ~ " is not null and " ~ column.name
            ~ "_values.canonical_value is null)", "'unknown_" ~ column.rules.enum ~ "'"]) -%}
    {%- endfor -%}
    {%- for column in contract.columns -%}
        {%- set minimum, maximum = column.rules.get('minimum'), column.rules.get('maximum') -%}
        {%- if minimum is not none -%}
            {%- set reason = 'negative' if minimum == 0 else 'out_of_range' -%}
            {%- do checks.append(["source_rows." ~ column.name ~ " < " ~ minimum,
                "'" ~ reason ~ "_" ~ column.name ~ "'"]) -%}
        {%- endif -%}
        {%- if maximum is not none -%}
            {%- do checks.append(["source_rows." ~ column.name ~ " > " ~ maximum,
                "'out_of_range_" ~ column.name ~ "'"]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for name in contract.event_at -%}
        {%- do checks.append(["source_rows." ~ name ~ " < cast('" ~ setting('source_epoch_floor')
            ~ "' as timestamp)", "'before_epoch_floor'"]) -%}
        {%- if contract.clock -%}
            {%- do checks.append(["source_rows." ~ name ~ " > source_rows.loaded_at + interval '"
                ~ setting('source_future_tolerance_hours') ~ "' hour", "'in_future'"]) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(checks) }}
{%- endmacro %}
