# SPDX-License-Identifier: Apache-2.0
"""Everything that can go wrong between the strap and an iPhone's notification service.

One class per reason, each with a stable `code`. This module knows no radio.
"""


class AncsError(Exception):
    """Something went wrong in the Apple Notification Center Service."""

    code = "ancs"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__class__.__doc__ or "").strip())


class MalformedNotification(AncsError):
    """A Notification Source value is not eight bytes long, or names an unknown event."""

    code = "ancs_malformed_notification"


class MalformedRequest(AncsError):
    """A Control Point value cannot be read as a command."""

    code = "ancs_malformed_request"


class MalformedResponse(AncsError):
    """The phone's answer does not follow the format of the Data Source."""

    code = "ancs_malformed_response"


class ResponseTooLong(AncsError):
    """The phone's answer is longer than anything that was asked for."""

    code = "ancs_response_too_long"


class PhoneRefused(AncsError):
    """The phone refused the command."""

    code = "ancs_phone_refused"

    def __init__(self, status: int, message: str | None = None) -> None:
        super().__init__(message or f"The phone refused the command (status 0x{status:02X}).")
        self.status = status


class UnknownCommand(PhoneRefused):
    """The phone does not know the command (0xA0)."""

    code = "ancs_unknown_command"


class InvalidCommand(PhoneRefused):
    """The phone finds the command badly formed (0xA1)."""

    code = "ancs_invalid_command"


class UnknownNotification(PhoneRefused):
    """The notification or app is not known to the phone, or no longer (0xA2)."""

    code = "ancs_unknown_notification"


class ActionFailed(PhoneRefused):
    """The phone could not perform the action (0xA3)."""

    code = "ancs_action_failed"


class RequestTimedOut(AncsError):
    """The phone did not answer in time."""

    code = "ancs_timeout"


class ServiceGone(AncsError):
    """The phone has withdrawn its notification service."""

    code = "ancs_service_gone"


class LinkLost(AncsError):
    """The link to the phone is gone."""

    code = "ancs_link_lost"


REFUSALS: dict[int, type[PhoneRefused]] = {
    0xA0: UnknownCommand,
    0xA1: InvalidCommand,
    0xA2: UnknownNotification,
    0xA3: ActionFailed,
}


def refusal(status: int) -> PhoneRefused:
    """The exception for an ATT error `status` (one byte) that answers a Control Point write."""
    return REFUSALS.get(status, PhoneRefused)(status)
