"""Read and write a catalogue's files."""
