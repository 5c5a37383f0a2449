# SPDX-License-Identifier: Apache-2.0
"""What can go wrong when an activity log is written to a file."""


class ExportError(Exception):
    """The activity log cannot be exported."""

    code = "export"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__class__.__doc__ or "").strip())


class NothingToExport(ExportError):
    """There is no activity in this stretch of time. Sync first, or choose other days."""

    code = "export_nothing"


class UnknownFormat(ExportError):
    """Export as fit, csv or json."""

    code = "export_unknown_format"


class CannotWrite(ExportError):
    """The export cannot be written there."""

    code = "export_cannot_write"
