# SPDX-License-Identifier: Apache-2.0
"""The errors of the companion. One class per reason; the docstring is the default message."""


class CompanionError(Exception):
    """The companion could not do that."""

    code = "companion_error"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class BadSettingsFile(CompanionError):
    """The settings file cannot be read."""

    code = "bad_settings_file"


class BadInput(CompanionError):
    """That cannot be used."""

    code = "bad_input"


class WrongStrap(CompanionError):
    """This folder holds the log of another strap. Name another folder with --data."""

    code = "wrong_strap"


class NewerStore(CompanionError):
    """This log was written by a newer version of the companion. Install that version."""

    code = "newer_store"


class StrapNotFound(CompanionError):
    """No strap was heard. Wake its screen, keep it within a metre, and make sure that no other
    phone holds it: a strap in use does not advertise."""

    code = "strap_not_found"


class NotPaired(CompanionError):
    """No strap is paired yet. Run `wena companion pair` once."""

    code = "not_paired"
