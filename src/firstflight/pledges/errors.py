# SPDX-License-Identifier: Apache-2.0
"""Why a pledge is refused. The codes are part of the public API."""

from django.utils.translation import gettext_lazy as _

from firstflight.kernel.errors import Refusal


class CampaignNotLive(Refusal):
    """Pledges are taken only between opening and deadline, by the time of the database."""

    code = "campaign_not_live"
    message = _("This campaign is not taking pledges right now.")


class RewardSoldOut(Refusal):
    """Not enough places are left."""

    code = "reward_sold_out"
    message = _("This reward has just sold out. Please choose another one.")


class RewardNotOpen(Refusal):
    """An early-bird window has not begun or is over."""

    code = "reward_not_open"
    message = _("This reward is not available at the moment. Please choose another one.")


class CapExceeded(Refusal):
    """One person asked for more than the cap of the reward."""

    code = "cap_exceeded"
    message = _("Each supporter can have at most %(cap)s of this reward.")


class KeyReused(Refusal):
    """The idempotency key came before, with another request."""

    code = "idempotency_key_reused"
    message = _("This request was already used for a different pledge. Please start again.")


class OfferChanged(Refusal):
    """The offer changed between reading and placing."""

    code = "offer_changed"
    message = _("The offer has just changed. Please check it and confirm again.")


class RewardUnknown(Refusal):
    """The reward does not belong to this campaign."""

    code = "reward_unknown"
    status = 422
    message = _("This reward is not part of the campaign.")


class OptionsInvalid(Refusal):
    """The options are not ones that the reward offers."""

    code = "options_invalid"
    status = 422
    message = _("Please choose one of the offered options for each reward.")


class QuantityInvalid(Refusal):
    """Not a whole number from 1 to 99."""

    code = "quantity_invalid"
    status = 422
    message = _("Please choose a quantity between 1 and 99.")


class NothingChosen(Refusal):
    """A pledge needs a reward: an add-on never goes alone."""

    code = "nothing_chosen"
    status = 422
    message = _("Please choose a reward first.")


class NotShippedThere(Refusal):
    """A reward is not sent to this country."""

    code = "not_shipped_there"
    status = 422
    message = _("We cannot ship this reward to the country you chose.")


class BonusInvalid(Refusal):
    """Extra support is negative, or lifts the total above what a card can be charged."""

    code = "amount_invalid"
    status = 422
    message = _("Please enter an amount of zero or more, up to %(most)s in total.")


class CardNotReady(Refusal):
    """The card has not been confirmed yet."""

    code = "card_not_ready"
    message = _("Your card is not confirmed yet. Please finish the card step.")


class TotalWouldFallBelowGoal(Refusal):
    """In the last 24 hours nothing may drop the campaign below its goal."""

    code = "goal_protected"
    message = _(
        "The campaign has reached its goal and ends within 24 hours, "
        "so pledges it depends on can no longer be reduced or cancelled."
    )


class TooBusy(Refusal):
    """More people want to pledge at this moment than can be served; nothing was changed."""

    code = "too_busy"
    status = 503
    retry_after = 3
    message = _("Very many people are pledging right now. Please try again in a few seconds.")
