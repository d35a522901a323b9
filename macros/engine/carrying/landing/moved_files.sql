{# By how much the locators of the rows of each carried file of a raw table moved, because new files stand
   before it: the engine numbers a table's files by their names. #}
{% macro moved_files(contract) -%}
    {%- set files = "landing.files where source_system = '" ~ contract.system ~ "' and source_table = '"
        ~ contract.table ~ "'" -%}
    {%- set number = "cast(row_number() over (order by file) - 1 as bigint)" -%}
    select
        carried_files.file_number * {{ located_file() }} as first_locator,
        (carried_files.file_number + 1) * {{ located_file() }} as end_locator,
        (files.file_number - carried_files.file_number) * {{ located_file() }} as moved_by
    from (select file, {{ number }} as file_number from {{ carried_database() }}.{{ files }}) as carried_files
    inner join (select file, {{ number }} as file_number from {{ files }}) as files
        on carried_files.file = files.file
    where files.file_number != carried_files.file_number
{%- endmacro %}
