{# Stops where a table that nothing can be scored without is not there. Only the model that stages the
   table asks: a company that fills that model in another way needs no such file. #}
{% macro refuse_missing_table(contract) -%}
    {%- if contract.scan is none and not contract.is_optional -%}
        {{ exceptions.raise_compiler_error(
            contract.system ~ "." ~ contract.table ~ ": no file " ~ contract.table ~ ".parquet, "
            ~ contract.table ~ "/*.parquet, " ~ contract.table ~ ".csv or " ~ contract.table ~ ".csv.gz in "
            ~ contract.folder ~ ". Nothing can be scored without it: export it there, or set"
            ~ " HEALTH_RAW_DIR to the folder that holds " ~ contract.system ~ "/."
        ) }}
    {%- endif -%}
{%- endmacro %}
