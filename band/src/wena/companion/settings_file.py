# SPDX-License-Identifier: Apache-2.0
"""The strap's settings in a JSON file, each as the bytes that are sent, in hexadecimal.

A strap tells nothing of its settings, so this file is the only memory of them. It is written beside
and moved into place: a power cut leaves the old file or the new one.
"""

import json
import os
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from wena.companion.errors import BadSettingsFile
from wena.wena3.alarms import SLOTS, Alarm, Alarms, pack_alarms
from wena.wena3.calendar_entry import CalendarEntry
from wena.wena3.dispatch import read_message, read_setting
from wena.wena3.errors import MalformedPacket
from wena.wena3.settings import Settings


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file holds.

    `chosen` names the settings that the owner has set here. `send_all` says that the others are
    sent too, at their defaults: right for a new strap, wrong for one that was set up elsewhere.
    `alarms_wait` says that the alarms have not reached the strap: otherwise they are not sent
    again, lest one that rang once rings once more.
    """

    settings: Settings = field(default_factory=Settings)
    calendar: tuple[CalendarEntry, ...] = ()
    chosen: frozenset[str] = frozenset()
    send_all: bool = True
    alarms_wait: bool = False

    @property
    def only(self) -> frozenset[str] | None:
        """The settings to send at a connection; None for all."""
        return None if self.send_all else self.chosen

    def choosing(self, settings: Settings, *names: str) -> "Kept":
        """With other settings, those named chosen."""
        return replace(
            self,
            settings=settings,
            chosen=self.chosen | {*names},
            alarms_wait=self.alarms_wait or "alarms" in names,
        )


def load_kept(path: Path) -> Kept:
    """What was kept, or the defaults where there is no file yet. Raises BadSettingsFile."""
    content = _read(path)
    chosen = [str(name) for name in _list(path, content, "chosen")]
    if not {*chosen} <= {*_names(), "alarms"}:
        raise BadSettingsFile(f"{path}: “chosen” does not hold names of settings.")
    return Kept(
        _load_settings(path, content),
        tuple(_load_calendar(path, content)),
        frozenset(chosen),
        content.get("send_all") is not False,
        content.get("alarms_wait") is True,
    )


def _load_settings(path: Path, kept: dict[str, Any]) -> Settings:
    settings = Settings()
    for name in _names():
        if name in kept:
            found = _setting(path, name, kept[name])
            if type(found) is not type(getattr(settings, name)):
                raise BadSettingsFile(f"{path}: “{name}” holds another setting.")
            settings = replace(settings, **{name: found})
    alarms: list[Alarm | None] = []
    for text in _list(path, kept, "alarms"):
        packet = _setting(path, "alarms", text)
        if not isinstance(packet, Alarms) or packet.first_slot != len(alarms):
            raise BadSettingsFile(f"{path}: “alarms” does not hold three packets of alarms.")
        alarms += packet.alarms
    if alarms and len(alarms) != SLOTS:
        raise BadSettingsFile(f"{path}: “alarms” does not hold three packets of alarms.")
    return replace(settings, alarms=tuple(alarms)) if alarms else settings


def _load_calendar(path: Path, content: dict[str, Any]) -> list[CalendarEntry]:
    entries = []
    for text in _list(path, content, "calendar"):
        try:
            entry = read_message(bytes.fromhex(text))
        except (MalformedPacket, ValueError, TypeError) as error:
            raise BadSettingsFile(f"{path}: the calendar is damaged ({error}).") from error
        if isinstance(entry, CalendarEntry):
            entries.append(entry)
    return entries


def save_kept(path: Path, kept: Kept) -> None:
    """Write all of it."""
    content: dict[str, Any] = {name: bytes(getattr(kept.settings, name)).hex() for name in _names()}
    content["alarms"] = [bytes(packet).hex() for packet in pack_alarms(kept.settings.alarms)]
    content["calendar"] = [bytes(entry).hex() for entry in kept.calendar]
    content["chosen"] = sorted(kept.chosen)
    content["send_all"] = kept.send_all
    content["alarms_wait"] = kept.alarms_wait
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _names() -> list[str]:
    return [each.name for each in fields(Settings) if each.name != "alarms"]


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BadSettingsFile(
            f"{path} cannot be read ({error}). Move it away to begin with the defaults."
        ) from error
    if not isinstance(content, dict):
        raise BadSettingsFile(f"{path} should hold a JSON object.")
    return content


def _list(path: Path, content: dict[str, Any], name: str) -> list[Any]:
    found = content.get(name, [])
    if not isinstance(found, list):
        raise BadSettingsFile(f"{path}: “{name}” should hold a list.")
    return found


def _setting(path: Path, name: str, text: object) -> Any:
    try:
        return read_setting(bytes.fromhex(str(text)))
    except (MalformedPacket, ValueError) as error:
        raise BadSettingsFile(f"{path}: “{name}” cannot be read ({error}).") from error
