{# Gives a contract the rows of its raw table that have to be staged again, as a CTE in the place of its
   scan: none where nothing landed, those of the groups that occur in new files; all of them else, and
   then nothing changes. A group is what `expression` says of a raw row, with the first column of its key.
   All rows of a group are read, old and new, so that which of them stands is settled as in a full build;
   files without any are not. #}
{% macro read_landed(contract, expression) -%}
    {%- set state = landed_state(contract) -%}
    {%- if state.mode != 'whole' -%}
        {%- set condition = '1 = 0' -%}
        {%- if state.mode == 'added' -%}
            {%- set files = [] -%}
            {%- for row in run_query(
                "select file from landing.touched_files where source_system = '" ~ contract.system
                ~ "' and source_table = '" ~ contract.table ~ "' order by file"
            ) -%}
                {%- do files.append("'" ~ row[0].replace("'", "''") ~ "'") -%}
            {%- endfor -%}
            {%- set condition = "filename in (" ~ files | join(', ') ~ ") and " ~ expression ~ " in (select "
                ~ expression ~ " from " ~ state.added ~ ")" -%}
        {%- endif -%}
        {%- do contract.update({
            'landed_rows': "select *, " ~ row_locator(contract.scan, contract.key_hash) ~ " as row_locator from "
                ~ contract.scan ~ " where " ~ condition,
            'scan': 'landed_rows',
        }) -%}
    {%- endif -%}
{%- endmacro %}
