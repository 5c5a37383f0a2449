# SPDX-License-Identifier: Apache-2.0
"""A campaign taken out of one database and set up in another, as Django's JSON."""

from django.core import serializers
from django.core.management.color import no_style
from django.db import connection

from firstflight.campaigns.models import Campaign, ShippingFee, Stock, Variant
from firstflight.kernel import clock
from firstflight.kernel.errors import NotFound
from firstflight.people.models import Person


def take_out(slug: str) -> str:
    """The campaign with all that supporters can choose from; no supporter comes along.

    Raises:
        NotFound: no campaign with terms and rewards has this slug.
    """
    campaign = Campaign.objects.filter(slug=slug).select_related("project").first()
    if campaign is None or campaign.opens_at is None or campaign.closes_at is None:
        raise NotFound
    project = campaign.project
    project.cover_id = None
    owner = Person(
        pk=project.owner_id,
        email="owner@rehearsal.invalid",
        name="Owner",
        created_at=clock.now(),
    )
    owner.set_unusable_password()
    rewards = list(campaign.rewards.all())
    for reward in rewards:
        reward.picture_id = None
    stocks = list(Stock.objects.filter(reward__in=rewards))
    for stock in stocks:
        stock.taken = 0
    rows = [
        project.affiliate,
        owner,
        project,
        _as_approved(campaign),
        *rewards,
        *Variant.objects.filter(reward__in=rewards),
        *stocks,
        *ShippingFee.objects.filter(reward__in=rewards),
    ]
    text: str = serializers.serialize("json", rows)
    return text


def _as_approved(campaign: Campaign) -> Campaign:
    """The campaign as it is on the eve of its opening."""
    campaign.review_state, campaign.funding_state = "approved", "scheduled"
    campaign.delivery_state, campaign.sale_state = "none", "none"
    campaign.closed_at = campaign.finished_at = campaign.addresses_lock_at = None
    campaign.pledged_at_close_minor = campaign.supporters_at_close = None
    campaign.approved_at = campaign.approved_at or clock.now()
    return campaign


def put_in(rows: str) -> None:
    """Write what `take_out` gave into this database."""
    models = set()
    for row in serializers.deserialize("json", rows):
        row.save()
        models.add(type(row.object))
    # The rows brought their numbers along; the next ones must come after them.
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
