"""One file per command; each is thin over functions in `scripts.lib`."""
