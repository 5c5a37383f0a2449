# SPDX-License-Identifier: Apache-2.0
"""The fulfilment clerk's desk: ask for addresses, lock them, parcels out, tracking numbers in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from firstflight.campaigns.access import access_as
from firstflight.campaigns.models import Campaign
from firstflight.desk import parsing
from firstflight.desk.entry import person_of, signed_in
from firstflight.fulfilment import exports
from firstflight.fulfilment.actions.ask_addresses import ask_addresses
from firstflight.fulfilment.actions.import_tracking import COLUMNS, import_tracking
from firstflight.fulfilment.actions.lock_addresses import lock_addresses
from firstflight.fulfilment.errors import TableInvalid
from firstflight.fulfilment.queries import parcels, progress
from firstflight.kernel.errors import Invalid
from firstflight.people import audit
from firstflight.people.models import Role
from firstflight.people.queries import affiliates_for_role

TABLE_MAX = 5 * 1024 * 1024


@signed_in
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign whose product is owed."""
    found = Campaign.objects.exclude(delivery_state="none").select_related("project__affiliate")
    companies = affiliates_for_role(person_of(request), Role.FULFILMENT)
    if companies is not None:
        found = found.filter(project__affiliate__in=companies)
    rows = [(campaign, progress(campaign)) for campaign in found.order_by("-closed_at")]
    return render(request, "desk/fulfilment.html", {"rows": rows})


@signed_in
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One campaign: how far it is, and its parcels."""
    found = access_as(person_of(request), Role.FULFILMENT, campaign_id)
    return _page(request, found)


def _page(
    request: HttpRequest, found: Campaign, wrong_rows: dict[int, str] | None = None
) -> HttpResponse:
    page = Paginator(parcels(found), 50).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/parcels.html",
        {
            "campaign": found,
            "progress": progress(found),
            "page": page,
            "columns": ",".join(COLUMNS),
            "wrong_rows": wrong_rows or {},
        },
        status=422 if wrong_rows else 200,
    )


@signed_in
@require_POST
def ask(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Ask for addresses and announce the lock."""
    person = person_of(request)
    found = access_as(person, Role.FULFILMENT, campaign_id)
    lock_at = parsing.instant(request.POST, "lock_at", found.time_zone)
    if lock_at is None:
        raise Invalid({"lock_at": [_("Please enter a date and a time.")]})
    asked = ask_addresses(campaign=found, lock_at=lock_at, actor=person)
    text = ngettext("%(n)s supporter was asked.", "%(n)s supporters were asked.", asked)
    messages.success(request, text % {"n": asked})
    return redirect("desk:parcels", campaign_id)


@signed_in
@require_POST
def lock(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Lock the addresses that are known and plan their parcels."""
    person = person_of(request)
    found = access_as(person, Role.FULFILMENT, campaign_id)
    planned = lock_addresses(campaign=found, actor=person)
    text = ngettext("%(n)s parcel was planned.", "%(n)s parcels were planned.", planned)
    messages.success(request, text % {"n": planned})
    return redirect("desk:parcels", campaign_id)


@signed_in
def export(request: HttpRequest, campaign_id: int, form: str) -> HttpResponse:
    """The parcels as a table; taking personal data out is an act of staff, so it is audited."""
    person = person_of(request)
    found = access_as(person, Role.FULFILMENT, campaign_id)
    audit.record(
        actor=person,
        act="parcels_exported",
        subject=f"campaign:{found.pk}",
        detail={"form": form},
    )
    language = get_language() or "en"
    if form == "csv":
        body, kind = exports.as_csv(found, language), "text/csv; charset=utf-8"
    else:
        body, kind = exports.as_excel(found, language), EXCEL
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}-parcels.{form}"'
    return answer


EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
@require_POST
def tracking(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Take over tracking numbers; broken rows are shown by line and nothing is taken over."""
    person = person_of(request)
    found = access_as(person, Role.FULFILMENT, campaign_id)
    file = request.FILES.get("table")
    if file is None or (file.size or 0) > TABLE_MAX:
        raise Invalid({"table": [_("Please choose a CSV file of up to 5 MB.")]})
    try:
        sent = import_tracking(campaign=found, data=file.read(), actor=person)
    except TableInvalid as refusal:
        return _page(request, found, refusal.rows)
    text = ngettext("%(n)s parcel was sent.", "%(n)s parcels were sent.", sent)
    messages.success(request, text % {"n": sent})
    return redirect("desk:parcels", campaign_id)
