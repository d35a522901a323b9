"""The daily refresh: from landed files to a published version, or to a reason why not."""
