# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with the strap itself."""


class StrapError(Exception):
    """Something went wrong in the strap."""

    code = "strap"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__class__.__doc__ or "").strip())


class BadStepLog(StrapError):
    """The file of steps cannot be read. Move it away to begin anew."""

    code = "strap_bad_step_log"
