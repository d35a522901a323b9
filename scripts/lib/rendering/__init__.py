"""The pages that are rendered from seeds and from what models say of themselves."""
