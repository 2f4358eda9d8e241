"""Validation: what can be wrong with a catalogue, one rule one function."""
