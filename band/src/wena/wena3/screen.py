# SPDX-License-Identifier: Apache-2.0
"""What the strap's small screen shows, written to `control`.

`status_pages` 0x18 and `menu_icons` 0x19: number, then one byte for each entry in order.
`display` 0x1A, 8 bytes: number, font size, hand, language, wake on raise, design, weather in the
status bar, seconds the screen stays on.
`home_icons` 0x1B, 7 bytes: number, then three places, each a zero byte and an icon's number.
"""

import enum
from dataclasses import dataclass

from wena.wena3.errors import MalformedPacket, OutOfRange, UnknownNumber
from wena.wena3.wire import pack_u8, packet_body, read_flag, read_member

MOST_PAGES = 7
MOST_ICONS = 9


class StatusPage(enum.IntEnum):
    """The pages of the day's numbers."""

    NONE = 0
    PEDOMETER = 1
    SLEEP = 2
    HEART_RATE = 3
    VO2MAX = 4
    STRESS = 5
    ENERGY = 6
    CALORIES = 7


class MenuIcon(enum.IntEnum):
    """The entries of the menu; the settings icon is always there and has no number."""

    NONE = 0
    TIMER = 1
    ALARM = 2
    FIND_PHONE = 3
    ALEXA = 4
    PAYMENT = 5
    QRIO = 6
    WEATHER = 7
    MUSIC = 8
    CAMERA = 9


class HomeIcon(enum.IntEnum):
    """What can stand on the home screen. The wire holds the number times 256."""

    TIMER = 1
    ALARM = 2
    CLOCK = 3
    ALEXA = 4
    WENA_PAY = 5
    QRIO_LOCK = 6
    EDY = 7
    NOTIFICATION_COUNT = 8
    SCHEDULE = 9
    PEDOMETER = 10
    SLEEP = 11
    HEART_RATE = 12
    VO2MAX = 13
    STRESS = 14
    ENERGY = 15
    SUICA = 16
    CALORIES = 17
    RIIIVER = 18
    MUSIC = 19
    CAMERA = 20


class FontSize(enum.IntEnum):
    """Size of letters."""

    NORMAL = 0
    LARGE = 1


class Hand(enum.IntEnum):
    """The wrist it is worn on, which turns the picture."""

    RIGHT = 0
    LEFT = 1


class Language(enum.IntEnum):
    """Language of the strap's own texts."""

    ENGLISH = 0
    JAPANESE = 1


class Design(enum.IntEnum):
    """Rich draws frames round the home icons."""

    NORMAL = 0
    RICH = 1


@dataclass(frozen=True, slots=True)
class StatusPages:
    """The pages shown, in order; what is not listed is hidden. NONE is left out on the wire."""

    pages: tuple[StatusPage, ...] = tuple(StatusPage)[1:]
    NUMBER = 0x18

    @classmethod
    def from_bytes(cls, value: bytes) -> "StatusPages":
        """Raises MalformedPacket, also for more pages than there are."""
        body = packet_body(value, cls.NUMBER)
        if len(body) > MOST_PAGES:
            raise MalformedPacket(f"There are {MOST_PAGES} pages, not {len(body)}.")
        return cls(tuple(read_member(StatusPage, byte) for byte in body))

    def __bytes__(self) -> bytes:
        shown = [page for page in self.pages if page is not StatusPage.NONE]
        if len(shown) > MOST_PAGES:
            raise OutOfRange(f"At most {MOST_PAGES} pages can be shown, not {len(shown)}.")
        return bytes([self.NUMBER, *shown])


@dataclass(frozen=True, slots=True)
class MenuIcons:
    """The menu's icons, in order. NONE is left out on the wire."""

    icons: tuple[MenuIcon, ...] = (
        MenuIcon.ALARM,
        MenuIcon.FIND_PHONE,
        MenuIcon.WEATHER,
        MenuIcon.CAMERA,
        MenuIcon.MUSIC,
        MenuIcon.PAYMENT,
    )
    NUMBER = 0x19

    @classmethod
    def from_bytes(cls, value: bytes) -> "MenuIcons":
        """Raises MalformedPacket, also for more icons than there are."""
        body = packet_body(value, cls.NUMBER)
        if len(body) > MOST_ICONS:
            raise MalformedPacket(f"There are {MOST_ICONS} icons, not {len(body)}.")
        return cls(tuple(read_member(MenuIcon, byte) for byte in body))

    def __bytes__(self) -> bytes:
        shown = [icon for icon in self.icons if icon is not MenuIcon.NONE]
        if len(shown) > MOST_ICONS:
            raise OutOfRange(f"At most {MOST_ICONS} icons fit into the menu, not {len(shown)}.")
        return bytes([self.NUMBER, *shown])


@dataclass(frozen=True, slots=True)
class Display:
    """How the screen looks. The maker offered 5 to 15, 20, 25 and 30 seconds."""

    font_size: FontSize = FontSize.NORMAL
    hand: Hand = Hand.LEFT
    language: Language = Language.ENGLISH
    wake_on_raise: bool = False
    design: Design = Design.NORMAL
    weather_in_status_bar: bool = True
    screen_seconds: int = 5
    NUMBER = 0x1A

    @classmethod
    def from_bytes(cls, value: bytes) -> "Display":
        """Raises MalformedPacket."""
        body = packet_body(value, cls.NUMBER, size=8)
        return cls(
            read_member(FontSize, body[0]),
            read_member(Hand, body[1]),
            read_member(Language, body[2]),
            read_flag(body[3], "wake_on_raise"),
            read_member(Design, body[4]),
            read_flag(body[5], "weather_in_status_bar"),
            body[6],
        )

    def __bytes__(self) -> bytes:
        flags = [self.wake_on_raise, self.design, self.weather_in_status_bar]
        head = bytes([self.NUMBER, self.font_size, self.hand, self.language, *flags])
        return head + pack_u8(((self.screen_seconds, "screen_seconds"),))


@dataclass(frozen=True, slots=True)
class HomeIcons:
    """The three places of the home screen."""

    left: HomeIcon = HomeIcon.MUSIC
    center: HomeIcon = HomeIcon.PEDOMETER
    right: HomeIcon = HomeIcon.CALORIES
    NUMBER = 0x1B

    @classmethod
    def from_bytes(cls, value: bytes) -> "HomeIcons":
        """Raises MalformedPacket; what a first byte other than 0 would mean is not known."""
        body = packet_body(value, cls.NUMBER, size=7)
        if any(body[0::2]):
            raise UnknownNumber("The first byte of a home icon is 0 in all that is known.")
        left, center, right = (read_member(HomeIcon, byte) for byte in body[1::2])
        return cls(left, center, right)

    def __bytes__(self) -> bytes:
        return bytes([self.NUMBER, 0, self.left, 0, self.center, 0, self.right])
