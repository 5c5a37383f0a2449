# SPDX-License-Identifier: Apache-2.0
"""Template tags that every page may use: money, numbers, instants, localized content, Markdown."""

from datetime import datetime

from babel.numbers import format_decimal, format_percent
from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from firstflight.kernel import markdown as kernel_markdown
from firstflight.kernel.instants import in_words
from firstflight.kernel.localized import Localized
from firstflight.kernel.localized import localized as localized_text
from firstflight.kernel.money import Money
from firstflight.kernel.rates import Approximation
from firstflight.kernel.rates import approximate as approximate_money

register = template.Library()


@register.filter
def localized(texts: Localized | None) -> str:
    """`{{ reward.name|localized }}`: the text in the reader's language."""
    return localized_text(texts)


@register.filter
def markdown(source: str) -> SafeString:
    """`{{ story|localized|markdown }}`: safe HTML of a maker's Markdown."""
    return kernel_markdown.render(source)


@register.filter
def money(amount: Money | None) -> str:
    """`{{ pledge.total|money }}`: as the reader's language writes it; nothing for None."""
    return "" if amount is None else amount.format(get_language() or "en")


@register.filter
def about(amount: Money) -> str:
    """`{{ approximation.amount|about }}`: without a fraction, which it would not deserve."""
    return amount.format_whole(get_language() or "en")


@register.filter
def minor(amount_minor: int, currency: str) -> str:
    """`{{ row.minor|minor:row.currency }}`: for rows that carry the two apart."""
    return Money(int(amount_minor), currency).format(get_language() or "en")


@register.filter
def percent(whole: int) -> str:
    """`{{ totals.percent|percent }}`: 92%, in French 92 %."""
    return str(format_percent(whole / 100, locale=get_language() or "en"))


@register.filter
def number(whole: int) -> str:
    """`{{ totals.supporters|number }}`: 1,234, in French 1 234."""
    return str(format_decimal(whole, locale=get_language() or "en"))


@register.filter
def in_zone(instant: datetime, zone: str) -> str:
    """`{{ pledge.drop_at|in_zone:person.time_zone }}`: for mail, where no script can run."""
    return in_words(instant, zone, get_language() or "en")


@register.simple_tag
def approximate(amount: Money, currency: str) -> Approximation | None:
    """`{% approximate goal reader.currency as about %}`: never for money that moves."""
    return approximate_money(amount, currency)
