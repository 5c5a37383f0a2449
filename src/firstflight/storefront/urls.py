# SPDX-License-Identifier: Apache-2.0
"""The public addresses."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from firstflight.storefront.views import (
    campaign,
    card,
    choose,
    discover,
    legal,
    me,
    outbox,
    pledges,
    repair,
)

urlpatterns = [
    # Changing the language harms nobody, and pages that are the same for all carry no token.
    path("language/", csrf_exempt(set_language), name="set_language"),
    path("", discover.home, name="home"),
    path("campaigns/<slug:slug>/", campaign.page, name="campaign"),
    path("preview/<int:campaign_id>/", campaign.preview, name="preview"),
    path("campaigns/<slug:slug>/live/", campaign.live, name="live"),
    path("campaigns/<slug:slug>/pledge/", choose.choose, name="choose"),
    path("campaigns/<slug:slug>/confirm/", choose.confirm, name="confirm"),
    path("pledges/", pledges.mine, name="pledges"),
    path("pledges/<uuid:pledge_id>/", pledges.pledge, name="pledge"),
    path("pledges/<uuid:pledge_id>/card/", card.card, name="card"),
    path("pledges/<uuid:pledge_id>/card/done", card.done, name="card_done"),
    path("pledges/<uuid:pledge_id>/change/", pledges.change_pledge, name="change"),
    path("pledges/<uuid:pledge_id>/cancel/", pledges.cancel_pledge, name="cancel"),
    path("pledges/<uuid:pledge_id>/address/", pledges.address, name="address"),
    path(
        "pledges/<uuid:pledge_id>/parcels/<int:shipment_id>/received/",
        pledges.received,
        name="received",
    ),
    path("repair/<str:token>/", repair.repair, name="repair"),
    path("repair/<str:token>/done", repair.done, name="repair_done"),
    path("me/", me.me, name="me"),
    path("me/export.json", me.export, name="export"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("legal/<str:name>/", legal.legal, name="legal"),
]
