{# Whether the value of a column is a person whom `health erase` has removed; none where nobody was
   erased or the contract has the column act in another way. #}
{% macro is_erased(contract, column, value, effect) -%}
    {%- set hashes = contract.erased.get(column.rules.get('subject'), []) -%}
    {%- if column.rules.get('erase') != effect or not hashes -%} {{ return(none) }} {%- endif -%}
    {%- set person = email_hash(value) if column.rules.subject == 'email' else keyed_hash(value) -%}
    {{ return("coalesce(" ~ person ~ " in ('" ~ hashes | join("', '") ~ "'), false)") }}
{%- endmacro %}
