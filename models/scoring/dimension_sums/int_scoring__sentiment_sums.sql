{{ dimension_sums('sentiment') }}
