"""The addresses of all rooms."""

from django.urls import include, path

from config import views
from workflows.search import search

urlpatterns = [
    path("", views.home, name="home"),
    path("privacy/", views.privacy, name="privacy"),
    path("source/", views.source, name="source"),
    path("language/", views.language, name="language"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("", include("notifications.urls")),
    path("", include("organizations.urls")),
    path("audit/", include("audit.urls")),
    path("", include("approvals.urls")),
    path("", include("workflows.urls")),
    path("search/", search, name="search"),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
