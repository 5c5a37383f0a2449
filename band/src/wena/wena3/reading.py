# SPDX-License-Identifier: Apache-2.0
"""Two readings of the protocol, where the program it was read from has a defect.

Both agree everywhere else. The differences, all of them, are listed in docs/services/wena3.md.
"""

import enum


class Reading(enum.Enum):
    """How to treat the known defects of the program the protocol was read from."""

    CAREFUL = "careful"
    """The default: what a wearer would want."""

    SOURCE = "source"
    """Byte for byte what that program does, to compare with recordings of it."""
