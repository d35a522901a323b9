{{ dimension_sums('market') }}
