{# A scan of the rows of a raw table that have to be staged again: none where nothing landed, those of the
   groups that occur in new files, all of them else. A group is what `expression` says of a raw row. All
   rows of a group are read, old and new, so that which of them stands is settled as in a full build. #}
{% macro landed_rows(contract, expression) -%}
    {%- set state = landed_state(contract) -%}
    {%- if state.mode == 'whole' -%} {{ return(contract.scan) }} {%- endif -%}
    {%- if state.mode == 'unchanged' -%} {{ return("(select * from " ~ contract.scan ~ " where 1 = 0)") }} {%- endif -%}
    {{ return(
        "(select * from " ~ contract.scan ~ " where " ~ expression ~ " in (select " ~ expression
        ~ " from " ~ state.added ~ "))"
    ) }}
{%- endmacro %}
