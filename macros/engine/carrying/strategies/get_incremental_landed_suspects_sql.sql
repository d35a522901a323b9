{# The strategy `landed_suspects`: of the suspect rows of a raw table, those of the keys that occur in new
   files are replaced. The others stay, and are told where their files now stand among all of the table. #}
{% macro get_incremental_landed_suspects_sql(arg_dict) -%}
    {%- set columns = arg_dict['dest_columns'] | map(attribute='quoted') | join(', ') -%}
    {%- set target = arg_dict['target_relation'] -%}
    {%- set contract = landed_table(model) -%}
    {%- set state = landed_state(contract) -%}
    {%- if state.mode == 'added' %}
    delete from {{ target }}
    where {{ key_hash(contract.key) }} in (select {{ contract.key_hash }} from {{ state.added }});

    update {{ target }}
    set row_locator = row_locator + moved_files.moved_by
    from ({{ moved_files(contract) }}) as moved_files
    where
        row_locator >= moved_files.first_locator
        and row_locator < moved_files.end_locator;
    {%- endif %}

    insert into {{ target }} ({{ columns }})
    select {{ columns }}
    from {{ arg_dict['temp_relation'] }}
{%- endmacro %}
