"""`python -m pinakes` is the same as `pinakes`."""

from pinakes.cli import main

main()
