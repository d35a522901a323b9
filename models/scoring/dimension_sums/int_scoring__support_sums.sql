{{ dimension_sums('support') }}
