{{ dimension_sums('marketing') }}
