{# What became of a raw table for its rejected rows. An erased person's row carries no key to replace it
   by, so where anybody is erased the table's rejected rows are found anew. #}
{% macro rejects_state(contract) -%}
    {%- set state = landed_state(contract) -%}
    {%- if state.mode == 'added' and contract.erased -%}
        {{ return({'mode': 'whole', 'added': none}) }}
    {%- endif -%}
    {{ return(state) }}
{%- endmacro %}
