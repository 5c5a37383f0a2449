# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with the rules of alerts or their stored memory."""


class NotifyError(Exception):
    """Something is wrong with the rules of alerts."""

    code = "notify"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__class__.__doc__ or "").strip())


class BadRule(NotifyError):
    """A rule cannot be read. See the documentation of `wena strap --rules` for the format."""

    code = "notify_bad_rule"


class BadMemory(NotifyError):
    """The record of alerts already shown cannot be read."""

    code = "notify_bad_memory"
