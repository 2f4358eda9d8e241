"""Start a command from a small process, and tell what it took.

The most memory that a process held (`ru_maxrss`) is never less than its parent held when it started it: Linux goes on
counting when one program becomes another (execve(2) keeps the figure of its process). So a command is started from
here, and not from a bench that has just made a catalogue. It is run as a file, not imported, to stay small.
"""

from __future__ import annotations

import os
import sys
from time import perf_counter


def main() -> None:
    """Run the command line's arguments as a command; add a line with its seconds and kilobytes to what it said."""
    command = sys.argv[1:]
    start = perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(process, 0)
    sys.stdout.write(f"\n{perf_counter() - start} {usage.ru_maxrss}\n")
    sys.stdout.flush()
    sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)


if __name__ == "__main__":
    main()
