{# The score of a value among the peers of a frozen baseline. Where nobody is at work there is nothing to
   rank: last, also among those who are idle too. #}
{% macro peer_score(value, sample_size, catalogue, curves, spreads) -%}
    case
        when
            {{ catalogue }}.normaliser = 'peer_percentile'
            and {{ sample_size }} = 0
            and {{ value }} is not null
            then 0
        when {{ catalogue }}.normaliser = 'peer_percentile'
            then {{ peer_percentile(curves ~ '.share_below', catalogue ~ '.direction') }}
        when {{ catalogue }}.normaliser = 'robust_z' then {{ robust_z(
            value,
            spreads ~ '.centre',
            spreads ~ '.scale',
            catalogue ~ '.direction',
            catalogue ~ '.z_limit',
            catalogue ~ '.logistic_steepness'
        ) }}
    end
{%- endmacro %}
