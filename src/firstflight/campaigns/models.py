# SPDX-License-Identifier: Apache-2.0
"""Projects, campaigns, rewards and their stock, and the review. It knows no pledge.

Texts that makers write are mappings from language to text (`kernel.localized`). Amounts are minor
units in the campaign's currency.
"""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from firstflight.campaigns.states import Delivery, Funding, Review, Sale
from firstflight.kernel.money import Money
from firstflight.people.models import Affiliate, Person


class Category(models.TextChoices):
    """What a project is about."""

    WEARABLE = "wearable", _("Wearable")
    HOME = "home", _("Home")
    LEARNING = "learning", _("Learning")
    SOUND = "sound", _("Sound and vision")
    MOBILITY = "mobility", _("Mobility")
    OTHER = "other", _("Other")


class Project(models.Model):
    """An employee's idea: the story, the people behind it, its risks and its evidence."""

    affiliate = models.ForeignKey(Affiliate, on_delete=models.PROTECT)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="projects")
    editors = models.ManyToManyField(Person, blank=True, related_name="edited_projects")
    title = models.JSONField(default=dict)
    tagline = models.JSONField(default=dict)
    story = models.JSONField(default=dict)
    risks = models.JSONField(default=dict)
    evidence = models.JSONField(default=dict)
    video_url = models.URLField(blank=True)
    category = models.CharField(max_length=20, choices=Category.choices, blank=True)
    faq = models.JSONField(default=list)  # [{"question": {...}, "answer": {...}}]
    cover = models.ForeignKey(
        "Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()


class Picture(models.Model):
    """A picture of a project: an uploaded raster file, or a drawing shipped with the platform."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="pictures")
    file = models.FileField(upload_to="pictures/%Y/%m", blank=True)
    static_path = models.CharField(max_length=200, blank=True)
    alt = models.JSONField(default=dict)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)


class TeamMember(models.Model):
    """Somebody behind the project, with a face and what they do."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="team")
    name = models.CharField(max_length=120)
    role = models.JSONField(default=dict)
    bio = models.JSONField(default=dict)
    picture = models.ForeignKey(Picture, on_delete=models.SET_NULL, null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")


class BelowGoal(models.TextChoices):
    """What happens when the goal was pledged but less than it could be collected."""

    FAIL = "fail", _("The campaign fails and everybody is refunded")
    TOP_UP = "top_up", _("The company pays the difference and goes ahead")
    PROCEED = "proceed", _("The project goes ahead with what was collected")


class Campaign(models.Model):
    """An all-or-nothing pre-order: a goal, two instants, rewards, and four states."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="campaigns")
    slug = models.SlugField(max_length=80, unique=True)
    currency = models.CharField(max_length=3, default="JPY")
    goal_minor = models.BigIntegerField(null=True, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, default="Asia/Tokyo")
    below_goal = models.CharField(
        max_length=10, choices=BelowGoal.choices, default=BelowGoal.PROCEED
    )
    review_state = models.CharField(max_length=20, choices=Review.choices, default=Review.DRAFT)
    funding_state = models.CharField(
        max_length=20, choices=Funding.choices, default=Funding.PLANNED
    )
    delivery_state = models.CharField(
        max_length=20, choices=Delivery.choices, default=Delivery.NONE
    )
    sale_state = models.CharField(max_length=20, choices=Sale.choices, default=Sale.NONE)
    # Counts each change of what is on offer, so that a price read before cannot be booked after.
    offer_version = models.PositiveIntegerField(default=1)
    teaser = models.BooleanField(default=False)
    featured = models.BooleanField(default=False)
    buy_url = models.URLField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    pledged_at_close_minor = models.BigIntegerField(null=True, blank=True)
    supporters_at_close = models.PositiveIntegerField(null=True, blank=True)
    addresses_lock_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(goal_minor__gt=0) | models.Q(goal_minor=None),
                name="a_goal_is_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at"))
                | models.Q(closes_at=None)
                | models.Q(opens_at=None),
                name="a_campaign_opens_before_it_closes",
            ),
        )
        indexes = (
            models.Index(fields=["funding_state", "opens_at"], name="campaigns_to_open"),
            models.Index(fields=["funding_state", "closes_at"], name="campaigns_to_close"),
        )

    def __str__(self) -> str:
        return self.slug

    @property
    def goal(self) -> Money:
        """The goal; zero while a draft has none."""
        return Money(self.goal_minor or 0, self.currency)

    @property
    def book(self) -> str:
        """The name of this campaign's book in the ledger."""
        return f"campaign:{self.pk}"

    @property
    def frozen(self) -> bool:
        """Whether supporters rely on it, so that goal, dates and prices no longer change."""
        return self.review_state == Review.APPROVED

    def is_open_at(self, instant: datetime) -> bool:
        """Whether pledges are taken at `instant`, by state and by time."""
        if self.opens_at is None or self.closes_at is None:
            return False
        return self.funding_state == Funding.LIVE and self.opens_at <= instant < self.closes_at


class Reward(models.Model):
    """What a supporter gets for a price; an add-on goes with a reward, never alone."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="rewards")
    name = models.JSONField(default=dict)
    description = models.JSONField(default=dict)
    picture = models.ForeignKey(Picture, on_delete=models.SET_NULL, null=True, blank=True)
    price_minor = models.BigIntegerField()
    is_addon = models.BooleanField(default=False)
    per_person_cap = models.PositiveSmallIntegerField(null=True, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    delivery_from = models.DateField()  # the first day of the month promised
    delivery_to = models.DateField()  # the first day of the last month promised
    # A list of {key, label, values: a list of {key, label}}; labels are localized.
    axes = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(price_minor__gte=0), name="a_price_is_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(delivery_to__gte=models.F("delivery_from")),
                name="a_delivery_window_has_an_order",
            ),
        )

    @property
    def price(self) -> Money:
        """The price of one, in the campaign's currency."""
        return Money(self.price_minor, self.campaign.currency)


class Variant(models.Model):
    """One choice along every axis of a reward: {"movement": "chronograph", "colour": "black"}."""

    reward = models.ForeignKey(Reward, on_delete=models.CASCADE, related_name="variants")
    options = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["reward", "options"], name="one_variant_per_choice"),
        )


class Stock(models.Model):
    """The places of a reward (variant None) or of one variant; `limit` None means no limit.

    A narrow row of its own: it is the row that everybody wants. The check makes overselling
    impossible even for a defective caller.
    """

    reward = models.ForeignKey(Reward, on_delete=models.CASCADE, related_name="stocks")
    variant = models.OneToOneField(
        Variant, on_delete=models.CASCADE, related_name="stock", null=True, blank=True
    )
    limit = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(limit=None) | models.Q(taken__lte=models.F("limit")),
                name="never_oversold",
            ),
            models.UniqueConstraint(
                fields=["reward"], condition=models.Q(variant=None), name="one_stock_per_reward"
            ),
        )


class ShippingFee(models.Model):
    """What shipping one pledge with this reward costs; country "*" is everywhere else.

    A country without a fee of its own, where "*" has none either, is not shipped to.
    """

    reward = models.ForeignKey(Reward, on_delete=models.CASCADE, related_name="shipping_fees")
    country = models.CharField(max_length=2)
    fee_minor = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["reward", "country"], name="one_fee_per_country"),
            models.CheckConstraint(
                condition=models.Q(fee_minor__gte=0), name="a_fee_is_not_negative"
            ),
        )


class ReviewComment(models.Model):
    """A reviewer's remark at a place of the project ("story", "reward:7", "goal")."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(Person, on_delete=models.PROTECT)
    place = models.CharField(max_length=60)
    text = models.TextField()
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)


class Submission(models.Model):
    """What was handed in for review, so that the next round shows what changed since."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="submissions")
    content = models.JSONField()  # campaigns.snapshots: part -> text
    at = models.DateTimeField()


class CampaignMove(models.Model):
    """A row of history: one move of one of the four machines."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="moves")
    machine = models.CharField(max_length=10)
    old = models.CharField(max_length=20)
    new = models.CharField(max_length=20)
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)
    reason = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()


class VisitCount(models.Model):
    """How many visits of a campaign's page came from a source on a day; no person is recorded."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="visits")
    day = models.DateField()
    source = models.CharField(max_length=80)
    visits = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "day", "source"], name="one_count_per_day_and_source"
            ),
        )
