{# The strategy `changed_keys`: the rows of the keys that changed are replaced, all others stay. The config
   `kept_by` names the column of the key and the model of its changed values. A key is never null, but that
   of a person whom `health erase` has removed: such a row goes. #}
{% macro get_incremental_changed_keys_sql(arg_dict) -%}
    {%- set columns = arg_dict['dest_columns'] | map(attribute='quoted') | join(', ') -%}
    {%- set kept_by = config.get('meta').kept_by -%}
    delete from {{ arg_dict['target_relation'] }}
    where
        {{ changed_condition(kept_by) }}
        {%- for column in kept_by %}
        or {{ column }} is null
        {%- endfor %};

    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }}
    from {{ arg_dict['temp_relation'] }}
{%- endmacro %}
