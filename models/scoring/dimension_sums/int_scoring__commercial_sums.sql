{{ dimension_sums('commercial') }}
