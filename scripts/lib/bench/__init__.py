"""The benchmark: the build's cost beside that of one fused script, the floor."""
