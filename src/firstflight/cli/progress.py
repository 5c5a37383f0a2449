# SPDX-License-Identifier: Apache-2.0
"""What commands tell the person at the terminal: lines of progress, and why they stop."""


class Stop(Exception):
    """The command cannot go on; the message is one sentence that says what to do."""

    code = "stop"


def say(line: str = "") -> None:
    """Print one line at once, even into a pipe."""
    print(line, flush=True)
