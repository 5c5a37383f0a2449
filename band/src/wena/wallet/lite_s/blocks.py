# SPDX-License-Identifier: Apache-2.0
"""The numbers of the card's blocks, and the bits of its memory configuration.

Source: FeliCa Lite-S User's Manual, chapter on blocks.
"""

from dataclasses import dataclass

REG = 0x0E
RC, MAC = 0x80, 0x81
ID, D_ID, SER_C, SYS_C, CKV, CK, MC = 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88
WCNT, MAC_A, STATE = 0x90, 0x91, 0x92
CRC_CHECK = 0xA0

SCRATCH = range(0x0E)
USER = frozenset(range(REG + 1))
ALL = USER | {RC, MAC, ID, D_ID, SER_C, SYS_C, CKV, CK, MC, WCNT, MAC_A, STATE, CRC_CHECK}
# A reader may never write these, whatever the configuration says.
FIXED = frozenset((MAC, D_ID, SYS_C, WCNT, CRC_CHECK))
# Written until the issuer locks the system blocks.
SYSTEM = frozenset((ID, SER_C, CKV, CK))
# Reading them gives zeros: they hold secrets.
SECRET = frozenset((RC, CK))

LITE_S_SYSTEM = 0x88B4
NDEF_SYSTEM = 0x12FC


@dataclass(frozen=True, slots=True)
class Configuration:
    """The memory configuration block: bit n of a mask stands for block n, bit 14 for REG.

    writable: blocks that may be written at all; bit 15: the masks themselves may still change.
    """

    writable: int
    system_open: bool
    ndef: bool
    key_change_needs_mac: bool
    read_needs_auth: int
    write_needs_auth: int
    write_needs_mac: int
    state_needs_mac: bool

    @property
    def masks_open(self) -> bool:
        """Whether the issuer may still change the masks."""
        return bool(self.writable & 0x8000)

    @classmethod
    def from_bytes(cls, block: bytes) -> "Configuration":
        """Read the 16 bytes of block MC."""
        return cls(
            writable=int.from_bytes(block[0:2], "little"),
            system_open=block[2] == 0xFF,
            ndef=block[3] == 0x01,
            key_change_needs_mac=block[5] == 0x01,
            read_needs_auth=int.from_bytes(block[6:8], "little"),
            write_needs_auth=int.from_bytes(block[8:10], "little"),
            write_needs_mac=int.from_bytes(block[10:12], "little"),
            state_needs_mac=block[12] == 0x01,
        )

    def __bytes__(self) -> bytes:
        return (
            self.writable.to_bytes(2, "little")
            + bytes((0xFF if self.system_open else 0, self.ndef, 7, self.key_change_needs_mac))
            + self.read_needs_auth.to_bytes(2, "little")
            + self.write_needs_auth.to_bytes(2, "little")
            + self.write_needs_mac.to_bytes(2, "little")
            + bytes((self.state_needs_mac, 0, 0, 0))
        )


FACTORY = Configuration(0xFFFF, True, False, False, 0, 0, 0, False)
