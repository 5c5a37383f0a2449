# SPDX-License-Identifier: Apache-2.0
"""Count the steps in a recording of acceleration.

The first line printed is the count and nothing else. Notes on left-out rows go to stderr.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from wena.activity.errors import ActivityError
from wena.activity.recording import read_recording
from wena.activity.steps import StepCounter


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, and how to print."""
    parser.add_argument(
        "file", type=Path, help="CSV, .gz or not, with the columns t,x,y,z (seconds and g)"
    )
    parser.add_argument("--json", action="store_true", help="print everything found as JSON")
    parser.add_argument("--minutes", action="store_true", help="also print the steps per minute")


def run(arguments: argparse.Namespace) -> int:
    """Print the count; exit status 2 when the file cannot be counted."""
    try:
        recording = read_recording(arguments.file)
    except ActivityError as error:
        print(f"wena steps: {error}", file=sys.stderr)
        return 2
    counter = StepCounter()
    times = counter.feed(recording.samples) + counter.finish()
    start = float(recording.samples[0, 0])
    minutes = Counter(int((time - start) // 60) for time in times)
    if arguments.json:
        found = {
            "steps": counter.steps,
            "seconds": round(float(recording.samples[-1, 0]) - start, 3),
            "samples": len(recording.samples),
            "skipped_rows": recording.skipped,
            "dropped_samples": counter.dropped,
            "breaks": counter.breaks,
            "sparse_seconds": counter.sparse,
            "minutes": [{"minute": key, "steps": value} for key, value in sorted(minutes.items())],
        }
        print(json.dumps(found))
        return 0
    print(counter.steps)
    if arguments.minutes:
        for minute, steps in sorted(minutes.items()):
            print(f"minute {minute}: {steps}")
    _note(recording.skipped, "rows could not be read and were left out")
    _note(counter.dropped, "samples were out of order or out of range and were left out")
    _note(counter.breaks, "gaps or jumps of the clock; each begins anew")
    _note(counter.sparse, "seconds had too few samples to judge")
    return 0


def _note(count: int, what: str) -> None:
    if count:
        print(f"{count} {what}", file=sys.stderr)
