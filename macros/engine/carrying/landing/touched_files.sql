{# Selects the files of a raw table that hold a key of the new files, by the first column of the key. Of a
   table that is kept, the last warehouse says whether there is any such row at all. #}
{% macro touched_files(contract, added) -%}
    {%- set column = contract.columns | selectattr('name', 'eq', contract.key[0]) | first -%}
    {%- set value = contract_value(column) -%}
    {%- set ranges = landed_ranges(column, added) -%}
    {%- if is_known_key(contract, value, added) -%}
        {%- for range in ranges %}
    select distinct filename
    from {{ contract.scan }}
    where {{ range }} and {{ key_hash([value]) }} in (select {{ key_hash([value]) }} from {{ added }})
        {{ 'union all' if not loop.last }}
        {%- endfor -%}
    {%- else %}
    select distinct filename from {{ added }}
    {%- endif -%}
{%- endmacro %}
