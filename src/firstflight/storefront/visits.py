# SPDX-License-Identifier: Apache-2.0
"""Where the visitor of a campaign's page came from."""

from urllib.parse import urlsplit

from django.http import HttpRequest

from firstflight.campaigns.actions.count_visit import count_visit


def count(request: HttpRequest, slug: str) -> None:
    """Count a visit by its named source, else the host of the page before; not from our own."""
    source = _named(request)
    if not source:
        source = _host_before(request)
        if source and source == request.get_host().partition(":")[0]:
            return
    count_visit(slug, source)


def _named(request: HttpRequest) -> str:
    if not request.META.get("QUERY_STRING"):
        return ""
    return request.GET.get("utm_source") or request.GET.get("ref") or ""


def _host_before(request: HttpRequest) -> str:
    try:
        return urlsplit(request.META.get("HTTP_REFERER", "")).hostname or ""
    except ValueError:  # what browsers send is an address; what others send may be anything
        return ""
