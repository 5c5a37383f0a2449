# SPDX-License-Identifier: Apache-2.0
"""What can go wrong in the demo. The page translates the codes."""


class DemoError(Exception):
    """Something went wrong in the demo."""

    code = "demo"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__class__.__doc__ or "").strip())


class NoSuchApp(DemoError):
    """The phone has no such app."""

    code = "demo_no_such_app"


class TooLong(DemoError):
    """A text has at most 200 characters here."""

    code = "demo_too_long"


class NotReachable(DemoError):
    """The phone does not find the strap: its battery is empty."""

    code = "demo_not_reachable"


class BadRequest(DemoError):
    """The request cannot be read."""

    code = "demo_bad_request"


class PortTaken(DemoError):
    """Another program uses this port. Choose one with --port."""

    code = "demo_port_taken"
