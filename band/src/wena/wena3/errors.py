# SPDX-License-Identifier: Apache-2.0
"""The errors of the wena 3 protocol. One class per reason; the docstring is the default message."""


class Wena3Error(Exception):
    """Something in the wena 3 protocol went wrong."""

    code = "wena3_error"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class MalformedPacket(Wena3Error):
    """These bytes are not a packet of the wena 3 protocol: too short, too long, or inconsistent."""

    code = "malformed_packet"


class UnknownNumber(MalformedPacket):
    """A number in this packet stands for nothing that is known."""

    code = "unknown_number"


class OutOfRange(Wena3Error, ValueError):
    """This value does not fit into the packet."""

    code = "out_of_range"


class LinkLost(Wena3Error):
    """The Bluetooth link to the strap was cut. Bring it nearer and try again; nothing is lost."""

    code = "link_lost"


class NoAnswer(Wena3Error):
    """The strap did not answer in time. Bring it nearer, wake it and try again."""

    code = "no_answer"


class StrapRefused(Wena3Error):
    """The strap refused. It may belong to another phone: initialise it on the strap itself."""

    code = "strap_refused"
