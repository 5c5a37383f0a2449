# SPDX-License-Identifier: Apache-2.0
"""Which signal an alert gets: app by app, then by category, then the default.

It owns rules and their JSON form. Quiet hours, duplicates and order are the engine's.

    {"default": {"led": "blue", "vibration": "basic", "count": 1, "priority": "normal"},
     "calls": {"led": "white", "vibration": "continuous", "count": 0},
     "categories": {"email": {"led": "yellow"}},
     "apps": {"com.example.chat": {"led": "green", "vibration": "triple"},
              "com.example.game": {"muted": true}}}

A field that is left out comes from the default. Defaults of the wena 3: blue, basic, once; a call
is white, continuous and endless.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from wena.notify.alert import Alert, Category
from wena.notify.errors import BadRule
from wena.notify.signal import MAX_COUNT, Led, Signal, Vibration, VibrationKind

MAX_APPS = 256

Choice = TypeVar("Choice", bound=enum.IntEnum)


class Priority(enum.IntEnum):
    """Which alert goes first, and whether quiet hours hold for it."""

    LOW = 0
    NORMAL = 1
    URGENT = 2
    CALL = 3


@dataclass(frozen=True, slots=True)
class Rule:
    """What to do with an alert. A muted one is neither seen nor felt."""

    signal: Signal = field(default_factory=Signal)
    priority: Priority = Priority.NORMAL
    muted: bool = False


CALL_RULE = Rule(Signal(Led.WHITE, Vibration(VibrationKind.CONTINUOUS, 0)), Priority.CALL)


@dataclass(frozen=True)
class Rules:
    """The wearer's choices. `calls_break_quiet` lets calls through do-not-disturb.

    `phone_wishes` says whether a phone that asks for a colour and vibration of its own gets them
    for apps without a rule.
    """

    default: Rule = Rule()
    calls: Rule = CALL_RULE
    categories: Mapping[Category, Rule] = field(default_factory=dict)
    apps: Mapping[str, Rule] = field(default_factory=dict)
    calls_break_quiet: bool = False
    phone_wishes: bool = True

    def for_alert(self, alert: Alert) -> Rule:
        """The rule for `alert`: app first, then the phone's wish, then category, then default."""
        rule = self.apps.get(alert.app) or self.apps.get(alert.app_name)
        if alert.is_call:
            if rule is not None and rule.muted:
                return replace(self.calls, muted=True)
            wish = alert.wish if self.phone_wishes else None
            return replace(self.calls, signal=wish) if wish else self.calls
        if rule is not None:
            return rule
        rule = self.categories.get(alert.category, self.default)
        if self.phone_wishes and alert.wish is not None:
            return replace(rule, signal=alert.wish)
        return rule

    @classmethod
    def from_json(cls, data: Any) -> "Rules":
        """Read the JSON form shown above. Raises BadRule with a message that names the field."""
        if not isinstance(data, dict):
            raise BadRule("The rules must be one JSON object.")
        unknown = set(data) - {
            "default", "calls", "categories", "apps", "calls_break_quiet", "phone_wishes",
        }  # fmt: skip
        if unknown:
            raise BadRule(f"The rules know no field “{min(unknown)}”.")
        default = _rule(data.get("default", {}), Rule(), "default")
        apps = _table(data, "apps")
        if len(apps) > MAX_APPS:
            raise BadRule(f"At most {MAX_APPS} apps can have a rule.")
        return cls(
            default=default,
            calls=_rule(data.get("calls", {}), CALL_RULE, "calls"),
            categories={
                _category(name): _rule(rule, default, name)
                for name, rule in _table(data, "categories").items()
            },
            apps={name: _rule(rule, default, name) for name, rule in apps.items()},
            calls_break_quiet=_flag(data, "calls_break_quiet", False),
            phone_wishes=_flag(data, "phone_wishes", True),
        )


def _table(data: dict[str, Any], name: str) -> dict[str, Any]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise BadRule(f"“{name}” must be a JSON object.")
    return table


def _flag(data: dict[str, Any], name: str, default: bool) -> bool:
    value = data.get(name, default)
    if not isinstance(value, bool):
        raise BadRule(f"“{name}” must be true or false.")
    return value


def _category(name: str) -> Category:
    try:
        return Category(name)
    except ValueError:
        choices = ", ".join(category.value for category in Category)
        raise BadRule(f"There is no category “{name}”. Choose one of: {choices}.") from None


def _rule(data: Any, base: Rule, place: str) -> Rule:
    if not isinstance(data, dict):
        raise BadRule(f"The rule for “{place}” must be a JSON object.")
    unknown = set(data) - {"led", "vibration", "count", "priority", "muted"}
    if unknown:
        raise BadRule(f"The rule for “{place}” knows no field “{min(unknown)}”.")
    old = base.signal
    kind = _choice(data, "vibration", VibrationKind, old.vibration.kind, place)
    count = data.get("count", old.vibration.count)
    if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= MAX_COUNT:
        raise BadRule(f"“count” of “{place}” must be a whole number from 0 to {MAX_COUNT}.")
    signal = Signal(_choice(data, "led", Led, old.led, place), Vibration(kind, count))
    priority = _choice(data, "priority", Priority, base.priority, place)
    return Rule(signal, priority, _flag(data, "muted", base.muted))


def _choice(
    data: dict[str, Any], name: str, kinds: type[Choice], default: Choice, place: str
) -> Choice:
    value = data.get(name)
    if value is None:
        return default
    for kind in kinds:
        if kind.name.lower() == value:
            return kind
    choices = ", ".join(kind.name.lower() for kind in kinds)
    raise BadRule(f"“{name}” of “{place}” must be one of: {choices}.")
