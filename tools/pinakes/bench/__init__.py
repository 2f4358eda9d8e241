"""Measure: catalogues and posts made up from a seed, and how long the commands take with them."""
