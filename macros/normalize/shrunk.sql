{# A group's figure pulled to that of the wider group around it; kappa members weigh as much as the
   wider group. An empty group is the wider group. #}
{% macro shrunk(figure, group_size, wider_figure, kappa) -%}
    case
        when {{ figure }} is null then {{ wider_figure }}
        else ({{ group_size }} * {{ figure }} + {{ kappa }} * {{ wider_figure }})
            / ({{ group_size }} + {{ kappa }})
    end
{%- endmacro %}
