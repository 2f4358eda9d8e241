"""Pinakes: a curated list of links becomes a living library."""

__version__ = "0.1.0"
HOME = "https://github.com/pinakes-catalog/pinakes"
"""Where the program is at home: what hosts are told whose catalogue names no contact."""
