# SPDX-License-Identifier: Apache-2.0
"""The form of a reward: rows of options, combinations and countries that can grow and shrink.

Everything is read from what was posted, so adding a row needs no script: a button posts the form
with what to do (`act`), and the form comes back with the row.
"""

import re
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from firstflight.campaigns.actions.save_reward import RewardDraft
from firstflight.campaigns.models import Campaign, Reward
from firstflight.campaigns.offers import ELSEWHERE
from firstflight.desk import parsing
from firstflight.kernel.countries import all_countries
from firstflight.kernel.errors import Invalid
from firstflight.kernel.localized import LANGUAGES, localized
from firstflight.kernel.money import Money

_NOT_A_KEY = re.compile(r"[^a-z0-9]+")
_MOST_AXES, _MOST_VALUES, _MOST_COUNTRIES = 3, 12, 250


@dataclass
class Value:
    """A value of an option, as typed; its key is made once and survives a new wording."""

    key: str = ""
    label: dict[str, str] = field(default_factory=dict)


@dataclass
class Axis(Value):
    """An option and its values."""

    values: list[Value] = field(default_factory=lambda: [Value(), Value()])

    @property
    def written(self) -> list[Value]:
        """The values that have a label."""
        return [value for value in self.values if any(value.label.values())]


@dataclass
class Fee:
    """A country and what shipping there costs, as typed."""

    country: str = ""
    fee: str = ""


@dataclass
class RewardForm:
    """What was typed: plain fields by name, and the three growing tables."""

    typed: dict[str, Any]
    axes: list[Axis] = field(default_factory=list)
    limits: dict[str, str] = field(default_factory=dict)
    fees: list[Fee] = field(default_factory=list)

    def act(self, what: str) -> None:
        """Add or remove a row: "add_value:0", "remove_country:2"; anything else changes nothing."""
        verb, _colon, place = what.partition(":")
        numbers = [int(number) for number in place.split(":") if number.isdigit()]
        first = numbers[0] if numbers else -1
        if verb == "add_axis" and len(self.axes) < _MOST_AXES:
            self.axes.append(Axis())
        elif verb == "add_country" and len(self.fees) < _MOST_COUNTRIES:
            self.fees.append(Fee())
        elif verb == "remove_country" and 0 <= first < len(self.fees):
            del self.fees[first]
        elif 0 <= first < len(self.axes):
            self._act_on_axis(verb, first, numbers[1] if len(numbers) > 1 else -1)

    def _act_on_axis(self, verb: str, number: int, value: int) -> None:
        values = self.axes[number].values
        if verb == "remove_axis":
            del self.axes[number]
        elif verb == "add_value" and len(values) < _MOST_VALUES:
            values.append(Value())
        elif verb == "remove_value" and 0 <= value < len(values):
            del values[value]

    @property
    def complete_axes(self) -> list[Axis]:
        """The options that have a name or a value."""
        return [axis for axis in self.axes if any(axis.label.values()) or axis.written]

    @property
    def combinations(self) -> list[tuple[str, str, str]]:
        """(key, words, limit as typed) of each combination of the values written so far."""
        axes = [axis.written for axis in self.complete_axes if axis.written]
        if not axes or len(axes) < len(self.complete_axes):
            return []
        found = []
        for chosen in product(*axes):
            key = "/".join(value.key for value in chosen)
            words = " · ".join(localized(value.label) for value in chosen)
            found.append((key, words, self.limits.get(key, "")))
        return found

    def draft(self, campaign: Campaign, position: int) -> RewardDraft:
        """The reward as the action takes it.

        Raises:
            Invalid: with every field that could not be read.
        """
        data, currency = self.typed, campaign.currency
        wrong: dict[str, list[str]] = {}

        def read(parse: Any, *arguments: Any) -> Any:
            try:
                return parse(data, *arguments)
            except Invalid as refusal:
                wrong.update(refusal.fields)
                return None

        price = read(parsing.amount, "price", currency)
        months = {name: read(parsing.month, name) for name in ("delivery_from", "delivery_to")}
        instants = {
            name: read(parsing.instant, name, campaign.time_zone)
            for name in ("opens_at", "closes_at")
        }
        numbers = {name: read(parsing.whole, name) for name in ("limit", "per_person_cap")}
        shipping, limits = self._shipping(currency, wrong), self._limits(wrong)
        axes = self._axes(wrong)
        if wrong:
            raise Invalid(wrong)
        return RewardDraft(
            name=_texts(data, "name"),
            description=_texts(data, "description"),
            picture_id=parsing.whole(data, "picture"),
            price_minor=-1 if price is None else price,
            is_addon=bool(data.get("is_addon")),
            axes=axes,
            variant_limits=limits,
            shipping=shipping,
            position=position,
            **months,
            **instants,
            **numbers,
        )

    def _axes(self, wrong: dict[str, list[str]]) -> list[dict[str, Any]]:
        axes = self.complete_axes
        if any(not any(axis.label.values()) for axis in axes):
            wrong["axes"] = [_("Please give each option a name, for example “Colour”.")]
        return [
            {
                "key": axis.key,
                "label": axis.label,
                "values": [{"key": one.key, "label": one.label} for one in axis.written],
            }
            for axis in axes
        ]

    def _limits(self, wrong: dict[str, list[str]]) -> dict[str, int]:
        found = {}
        for key, _words, text in self.combinations:
            try:
                limit = parsing.whole({"variant_limits": text}, "variant_limits")
            except Invalid as refusal:
                wrong.update(refusal.fields)
                continue
            if limit is not None:
                found[key] = limit
        return found

    def _shipping(self, currency: str, wrong: dict[str, list[str]]) -> dict[str, int]:
        known = {code for code, _name in all_countries("en")} | {ELSEWHERE}
        found: dict[str, int] = {}
        for row in self.fees:
            if not row.country:
                continue
            if row.country not in known or row.country in found:
                wrong["shipping"] = [_("Please choose each country once.")]
                continue
            try:
                fee = parsing.amount({"shipping": row.fee}, "shipping", currency)
            except Invalid as refusal:
                wrong.update(refusal.fields)
                continue
            found[row.country] = fee or 0
        return found


def posted(data: QueryDict) -> RewardForm:
    """The form as it was sent."""
    typed = {name: str(text) for name, text in data.items()}
    form = RewardForm(typed=dict(typed))
    for number in range(_MOST_AXES):
        if f"axis-{number}" not in typed:
            break
        axis = Axis(typed[f"axis-{number}"], _texts(typed, f"axis-{number}"), values=[])
        for place in range(_MOST_VALUES):
            name = f"axis-{number}-{place}"
            if name not in typed:
                break
            axis.values.append(Value(typed[name], _texts(typed, name)))
        form.axes.append(axis)
    _give_keys(form.axes)
    for axis in form.axes:
        _give_keys(axis.values)
    form.limits = {
        name.removeprefix("limit:"): text
        for name, text in typed.items()
        if name.startswith("limit:")
    }
    while f"country-{len(form.fees)}" in typed and len(form.fees) < _MOST_COUNTRIES:
        number = len(form.fees)
        form.fees.append(Fee(typed[f"country-{number}"], typed.get(f"fee-{number}", "")))
    return form


def _give_keys(values: list[Value] | list[Axis]) -> None:
    taken = {value.key for value in values if value.key}
    for value in values:
        words = next((value.label[code] for code in LANGUAGES if value.label.get(code)), "")
        if value.key or not words:
            continue
        key = wanted = _NOT_A_KEY.sub("-", words.lower()).strip("-")[:30] or "option"
        number = 2
        while key in taken:
            key, number = f"{wanted}-{number}", number + 1
        value.key = key
        taken.add(key)


def filled(reward: Reward | None, campaign: Campaign) -> RewardForm:
    """The form of a reward as it is, or of a new one."""
    if reward is None:
        return RewardForm(typed={}, fees=[Fee("JP", "0")])
    stocks = list(reward.stocks.select_related("variant"))
    own = next(stock for stock in stocks if stock.variant is None)
    typed = {
        **{f"name_{code}": text for code, text in reward.name.items()},
        **{f"description_{code}": text for code, text in reward.description.items()},
        "picture": str(reward.picture_id or ""),
        "price": str(Money(reward.price_minor, campaign.currency).major),
        "limit": own.limit,
        "is_addon": reward.is_addon,
        "per_person_cap": reward.per_person_cap,
        "opens_at": parsing.local(reward.opens_at, campaign.time_zone),
        "closes_at": parsing.local(reward.closes_at, campaign.time_zone),
        "delivery_from": f"{reward.delivery_from:%Y-%m}",
        "delivery_to": f"{reward.delivery_to:%Y-%m}",
    }
    axes = [
        Axis(
            axis["key"],
            dict(axis["label"]),
            [Value(value["key"], dict(value["label"])) for value in axis["values"]],
        )
        for axis in reward.axes
    ]
    order = [axis.key for axis in axes]
    limits = {
        "/".join(stock.variant.options[key] for key in order): str(stock.limit)
        for stock in stocks
        if stock.variant is not None
    }
    fees = [
        Fee(row.country, str(Money(row.fee_minor, campaign.currency).major))
        for row in reward.shipping_fees.order_by("pk")
    ]
    return RewardForm(typed, axes, limits, fees)


def country_choices() -> list[tuple[str, str]]:
    """(code, name), first everywhere else, then by name."""
    language = (get_language() or "en").split("-")[0]
    return [(ELSEWHERE, _("Everywhere else")), *all_countries(language)]


def _texts(data: Any, name: str) -> dict[str, str]:
    return {code: str(data.get(f"{name}_{code}", "")).strip() for code in LANGUAGES}
