"""The addresses of all rooms."""

from allauth.mfa.webauthn.views import add_webauthn
from django.db import transaction
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
    # A new key and its entry in the record are one transaction; allauth opens none of its own here.
    path("accounts/2fa/webauthn/add/", transaction.atomic(add_webauthn), name="mfa_add_webauthn"),
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
