{# The strategy `landed_rejects`: the rejected rows of a system are replaced table by table, of a table to
   which files were only added by the keys in these files. The key is compared as quarantine writes it. #}
{% macro get_incremental_landed_rejects_sql(arg_dict) -%}
    {%- set columns = arg_dict['dest_columns'] | map(attribute='quoted') | join(', ') -%}
    {%- set target = arg_dict['target_relation'] -%}
    {%- for name in model.sources %}
        {%- set contract = source_contract(name[0], name[1]) -%}
        {%- set state = rejects_state(contract) -%}
        {%- if state.mode != 'unchanged' %}
    delete from {{ target }}
    where
        source_table = '{{ contract.table }}'
        {%- if state.mode == 'added' %}
        and row_key in (select {{ landed_key(contract) }} from {{ state.added }})
        {%- endif %};
        {%- endif %}
    {%- endfor %}

    insert into {{ target }} ({{ columns }})
    select {{ columns }}
    from {{ arg_dict['temp_relation'] }}
{%- endmacro %}
