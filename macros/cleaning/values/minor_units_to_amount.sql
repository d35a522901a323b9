{# Integer minor units as an amount of the currency: 1999 is 19.99 in usd and 1999 in jpy. #}
{% macro minor_units_to_amount(minor_units, exponent='currencies.minor_unit_exponent') -%}
    cast(cast({{ minor_units }} as {{ type_double() }}) / power(10, {{ exponent }}) as numeric(18, 4))
{%- endmacro %}
