"""The sample world: hidden account states, and the raw exports that they leave behind."""
