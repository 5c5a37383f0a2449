# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with recordings, the wearer's settings and the activity log."""


class ActivityError(Exception):
    """Something is wrong with the activity data."""

    code = "activity"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__class__.__doc__ or "").strip())


class BadRate(ActivityError):
    """Steps are counted from 10 to 1,000 samples a second; record at 25 to 100 if you can."""

    code = "activity_bad_rate"


class BadSamples(ActivityError):
    """Samples are rows of time in seconds and acceleration in g along x, y and z."""

    code = "activity_bad_samples"


class BadRecording(ActivityError):
    """The file is not a recording: it needs the columns t, x, y, z (seconds and g)."""

    code = "activity_bad_recording"


class BadWearer(ActivityError):
    """The wearer's settings are out of range."""

    code = "activity_bad_wearer"


class BadLogFile(ActivityError):
    """The activity log cannot be read. Move the file away and a new one begins."""

    code = "activity_bad_log_file"
