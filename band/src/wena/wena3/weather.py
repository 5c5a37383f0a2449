# SPDX-License-Identifier: Apache-2.0
"""The weather of five days, written to `notify`.

`weather` 0x03, 21 bytes: number, then for each day, today first: weather by day and by night (main
times 8 plus sub), lowest and highest temperature in Fahrenheit plus 100.
"""

import enum
from dataclasses import dataclass

from wena.wena3.errors import OutOfRange, UnknownNumber
from wena.wena3.reading import Reading
from wena.wena3.wire import packet_body, read_member

DAYS = 5
DAY_SIZE = 4
SHIFT_F = 100


class Sky(enum.IntEnum):
    """The five pictures."""

    SUNNY = 0
    CLOUDY = 1
    RAIN = 2
    HEAVY_RAIN = 3
    SNOW = 4


@dataclass(frozen=True, slots=True)
class Condition:
    """Two pictures; the same twice means plain weather."""

    main: Sky
    sub: Sky

    @classmethod
    def from_byte(cls, byte: int) -> "Condition":
        """Raises UnknownNumber."""
        if byte >= 64:
            raise UnknownNumber(f"The weather {byte:#04x} is not known.")
        return cls(read_member(Sky, byte >> 3), read_member(Sky, byte & 7))

    def __int__(self) -> int:
        return self.main * 8 + self.sub


def plain(sky: Sky) -> Condition:
    """The same weather throughout."""
    return Condition(sky, sky)


@dataclass(frozen=True, slots=True)
class Day:
    """One day's weather, temperatures in whole degrees Fahrenheit."""

    day: Condition
    night: Condition
    min_f: int
    max_f: int


@dataclass(frozen=True, slots=True)
class Weather:
    """Today and the four days after it."""

    days: tuple[Day, ...]
    NUMBER = 0x03

    @classmethod
    def from_bytes(cls, value: bytes) -> "Weather":
        """Raises MalformedPacket."""
        body = packet_body(value, cls.NUMBER, size=1 + DAYS * DAY_SIZE)
        return cls(
            tuple(
                Day(
                    Condition.from_byte(body[at]),
                    Condition.from_byte(body[at + 1]),
                    body[at + 2] - SHIFT_F,
                    body[at + 3] - SHIFT_F,
                )
                for at in range(0, len(body), DAY_SIZE)
            )
        )

    def __bytes__(self) -> bytes:
        return self.encode()

    def encode(self, reading: Reading = Reading.CAREFUL) -> bytes:
        """The packet. Raises OutOfRange for other than five days.

        Temperatures beyond -100 to 155 °F are limited; the source lets them wrap.
        """
        if len(self.days) != DAYS:
            raise OutOfRange(f"The strap shows {DAYS} days, not {len(self.days)}.")
        packed = [self.NUMBER]
        for day in self.days:
            packed += [int(day.day), int(day.night)]
            packed += [_temperature(day.min_f, reading), _temperature(day.max_f, reading)]
        return bytes(packed)


def fahrenheit_of_kelvin(kelvin: int) -> int:
    """Whole degrees Fahrenheit, halves upward."""
    return ((100 * kelvin - 27_315) * 9 + 16_250) // 500


def fahrenheit_of_celsius(celsius: float) -> int:
    """Whole degrees Fahrenheit, halves upward."""
    return int((celsius * 9 / 5 + 32.5) // 1)


def condition_of_owm(code: int, reading: Reading = Reading.CAREFUL) -> Condition:
    """The pictures for an OpenWeatherMap condition code; sunny for codes without a rule.

    The source has no rule for 211, plain thunderstorm: rain in the careful reading.
    """
    if code == 211 and reading is Reading.CAREFUL:
        return plain(Sky.RAIN)
    return OWM.get(code, plain(Sky.SUNNY))


def _temperature(fahrenheit: int, reading: Reading) -> int:
    shifted = fahrenheit + SHIFT_F
    return shifted & 0xFF if reading is Reading.SOURCE else min(max(shifted, 0), 0xFF)


_RULES: dict[Condition, tuple[int, ...]] = {
    plain(Sky.RAIN): (200, 201, 210, 230, 231, 300, 301, 310, 311, 313, 500, 501, 520, 521),
    plain(Sky.HEAVY_RAIN): (202, 212, 221, 232, 302, 312, 314, 321, 502, 503, 504, 522, 531),
    Condition(Sky.RAIN, Sky.SNOW): (511, 615, 616),
    plain(Sky.SNOW): (600, 601, 602, 611, 612, 613, 620, 621, 622),
    Condition(Sky.SUNNY, Sky.CLOUDY): (701, 711, 721, 731, 741, 751, 761, 762, 771, 781, 802, 803),
    plain(Sky.CLOUDY): (804,),
}
OWM = {code: condition for condition, codes in _RULES.items() for code in codes}
