# SPDX-License-Identifier: Apache-2.0
"""Instants for readers: in the campaign's zone from the server, in the reader's own by script."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timeuntil
from django.utils.translation import get_language

from firstflight.kernel import clock
from firstflight.kernel.instants import in_words

register = template.Library()


@register.simple_tag
def moment(instant: datetime | None, zone: str = "UTC") -> SafeString | str:
    """`{% moment campaign.closes_at campaign.time_zone %}`: a `<time>` that moments.js rewrites.

    Without a script it stays as written here: date, time and the name of the campaign's zone.
    """
    if instant is None:
        return ""
    words = in_words(instant, zone, get_language() or "en")
    return format_html('<time datetime="{}" data-moment>{}</time>', instant.isoformat(), words)


@register.simple_tag
def countdown(instant: datetime) -> SafeString:
    """How long until then: a `<time>` that moments.js counts down by the reader's own clock."""
    left = timeuntil(instant, clock.now())
    return format_html('<time datetime="{}" data-countdown>{}</time>', instant.isoformat(), left)
