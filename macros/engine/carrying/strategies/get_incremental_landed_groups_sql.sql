{# The strategy `landed_groups`: of a staging table, the rows of the groups that occur in new files are
   replaced, all others stay as they are. A table whose files differ otherwise is built anew instead. #}
{% macro get_incremental_landed_groups_sql(arg_dict) -%}
    {%- set columns = arg_dict['dest_columns'] | map(attribute='quoted') | join(', ') -%}
    delete from {{ arg_dict['target_relation'] }}
    where {{ landed_condition(model) }};

    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }}
    from {{ arg_dict['temp_relation'] }}
{%- endmacro %}
