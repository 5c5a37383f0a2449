# SPDX-License-Identifier: Apache-2.0
"""Nine alarms, three to a packet, written to `control`.

`alarms` 0x06, 19 bytes: number, then three slots of six bytes: slot number, state (0 empty, 1 off,
2 on), weekdays (bit 0 Sunday … bit 6 Saturday, 0 once), smart wake-up window in minutes (0 none),
hour, minute. The five bytes after an empty slot's number are 0.
"""

import enum
from dataclasses import dataclass

from wena.wena3.errors import MalformedPacket, OutOfRange, UnknownNumber
from wena.wena3.wire import pack_u8, packet_body, read_at_most

SLOTS = 9
SLOTS_PER_PACKET = 3
SLOT_SIZE = 6
STATE_EMPTY, STATE_OFF, STATE_ON = range(3)


class Weekday(enum.IntEnum):
    """The bit of each day."""

    SUN = 0
    MON = 1
    TUE = 2
    WED = 3
    THU = 4
    FRI = 5
    SAT = 6


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm; without days it rings once. A smart one may ring that many minutes early."""

    enabled: bool
    hour: int
    minute: int
    days: frozenset[Weekday] = frozenset()
    smart_margin_min: int = 0

    @classmethod
    def from_slot(cls, slot: bytes) -> "Alarm | None":
        """The alarm in five bytes; None for an empty slot. Raises MalformedPacket."""
        state, mask, margin, hour, minute = slot
        if state == STATE_EMPTY:
            return None
        if state > STATE_ON or mask > 0x7F:
            raise UnknownNumber(f"An alarm's state {state} or days {mask:#04x} are not known.")
        return cls(
            state == STATE_ON,
            read_at_most(hour, 23, "The hour"),
            read_at_most(minute, 59, "The minute"),
            frozenset(day for day in Weekday if mask >> day & 1),
            margin,
        )

    def __bytes__(self) -> bytes:
        mask = sum(1 << day for day in self.days)
        return bytes([STATE_ON if self.enabled else STATE_OFF, mask]) + pack_u8(
            (
                (self.smart_margin_min, "smart_margin_min"),
                (self.hour, "hour"),
                (self.minute, "minute"),
            )
        )


@dataclass(frozen=True, slots=True)
class Alarms:
    """Three neighbouring slots, from `first_slot`; missing ones and None are empty."""

    first_slot: int
    alarms: tuple[Alarm | None, ...] = ()
    NUMBER = 0x06

    @classmethod
    def from_bytes(cls, value: bytes) -> "Alarms":
        """Raises MalformedPacket, also where the slots are not neighbours."""
        body = packet_body(value, cls.NUMBER, size=1 + SLOTS_PER_PACKET * SLOT_SIZE)
        first = body[0]
        if first not in range(0, SLOTS, SLOTS_PER_PACKET):
            raise UnknownNumber(f"A packet of alarms begins with slot 0, 3 or 6, not {first}.")
        found = []
        for place in range(SLOTS_PER_PACKET):
            slot = body[place * SLOT_SIZE : (place + 1) * SLOT_SIZE]
            if slot[0] != first + place:
                raise MalformedPacket(f"Slot {first + place} was expected, not {slot[0]}.")
            found.append(Alarm.from_slot(slot[1:]))
        return cls(first, tuple(found))

    def __bytes__(self) -> bytes:
        if len(self.alarms) > SLOTS_PER_PACKET:
            raise OutOfRange(f"A packet holds {SLOTS_PER_PACKET} alarms, not {len(self.alarms)}.")
        missing = SLOTS_PER_PACKET - len(self.alarms)
        slots = [*self.alarms, *[None] * missing]
        packed = bytes([self.NUMBER])
        for place, alarm in enumerate(slots):
            packed += pack_u8(((self.first_slot + place, "slot"),))
            packed += bytes(SLOT_SIZE - 1) if alarm is None else bytes(alarm)
        return packed


def pack_alarms(alarms: tuple[Alarm | None, ...]) -> tuple[Alarms, ...]:
    """All three packets for up to nine alarms: the strap is always told of every slot.

    Raises OutOfRange for more than nine.
    """
    if len(alarms) > SLOTS:
        raise OutOfRange(f"The strap has {SLOTS} alarms, not {len(alarms)}.")
    return tuple(
        Alarms(first, alarms[first : first + SLOTS_PER_PACKET])
        for first in range(0, SLOTS, SLOTS_PER_PACKET)
    )
