# SPDX-License-Identifier: Apache-2.0
"""Which address belongs to whom."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.static import serve

from firstflight.api.urls import api
from firstflight.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", health.metrics),
    path("api/v1/", api.urls),
    path("desk/", include("firstflight.desk.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("firstflight.storefront.urls")),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
]
