"""Files for other systems, from the tables of the layer `exports`."""
