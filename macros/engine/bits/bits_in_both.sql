{# The bits that are set in both of two bitmaps. #}
{% macro bits_in_both(bitmap, other_bitmap) -%}
    {{ return(adapter.dispatch('bits_in_both')(bitmap, other_bitmap)) }}
{%- endmacro %}

{% macro default__bits_in_both(bitmap, other_bitmap) -%}
    ({{ bitmap }} & {{ other_bitmap }})
{%- endmacro %}
