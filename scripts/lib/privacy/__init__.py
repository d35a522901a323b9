"""Personal data: the key of its pseudonyms, what is marked, and how a person is erased."""
