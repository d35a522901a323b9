{# Whether a value has the type and range of its var's rule. #}
{% macro is_allowed_setting(rule, value) -%}
    {%- if rule.type == 'choice' -%}
        {{ return(value is string and value in rule.one_of) }}
    {%- elif rule.type == 'whole number' -%}
        {{ return(value is integer and rule.minimum <= value <= rule.maximum) }}
    {%- elif rule.type == 'number' -%}
        {{ return((value is integer or value is float) and rule.minimum <= value <= rule.maximum) }}
    {%- elif rule.type == 'date' -%}
        {{ return(value is string and is_calendar_date(value) and rule.minimum <= value <= rule.maximum) }}
    {%- elif rule.type == 'currency' -%}
        {{ return(value is string and modules.re.fullmatch('[a-z]{3}', value) is not none) }}
    {%- elif rule.type == 'time zone' -%}
        {{ return(value is string and value in modules.pytz.all_timezones) }}
    {%- elif value is not mapping -%}
        {{ return(false) }}
    {%- endif -%}
    {%- for parameters in value.values() -%}
        {%- if parameters is not mapping -%} {{ return(false) }} {%- endif -%}
        {%- for number in parameters.values() -%}
            {%- if not (number is integer or number is float)
                or not rule.minimum <= number <= rule.maximum -%}
                {{ return(false) }}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(true) }}
{%- endmacro %}
