# SPDX-License-Identifier: Apache-2.0
"""The mails of a pledge: what each tells the supporter, in the language of the pledge."""

from datetime import date
from typing import Any

from django.conf import settings

from firstflight.campaigns.models import Campaign, Reward
from firstflight.campaigns.options import option_words
from firstflight.kernel.localized import localized
from firstflight.notices.actions.send import send
from firstflight.notices.models import Message
from firstflight.pledges import links
from firstflight.pledges.models import Pledge


def tell(pledge: Pledge, kind: str, *, once: str = "", **context: Any) -> Message:
    """Queue the mail `kind` for the pledge's supporter; `once` tells repeated ones apart."""
    language = pledge.language
    campaign: Campaign = pledge.campaign
    return send(
        person=pledge.person,
        kind=kind,
        key=f"{kind}:{pledge.pk}:{once}",
        language=language,
        context={
            "pledge": pledge,
            "campaign": campaign,
            "title": localized(campaign.project.title, language),
            "total": pledge.total.format(language),
            "lines": _lines(pledge, language),
            "delivery_from": min(_days(pledge, "delivery_from")),
            "delivery_to": max(_days(pledge, "delivery_to")),
            "pledge_url": f"{settings.SITE_URL}/pledges/{pledge.pk}/",
            "repair_url": f"{settings.SITE_URL}{links.repair_path(pledge)}",
            **context,
        },
    )


def _lines(pledge: Pledge, language: str) -> list[str]:
    items = pledge.agreed["items"]
    rewards = Reward.objects.filter(pk__in=[item["reward"] for item in items])
    axes = dict(rewards.values_list("pk", "axes"))
    lines = []
    for item in items:
        line = f"{item['quantity']} × {localized(item['name'], language)}"
        options = option_words(axes.get(item["reward"], ()), item["options"], language)
        lines.append(f"{line} ({options})" if options else line)
    return lines


def _days(pledge: Pledge, name: str) -> list[date]:
    return [date.fromisoformat(item[name]) for item in pledge.agreed["items"]]
