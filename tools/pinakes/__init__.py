"""Pinakes: a curated list of links becomes a living library."""

__version__ = "0.1.0"
