"""The addresses of the auditor's screens."""

from django.urls import path

from audit import views

app_name = "audit"
urlpatterns = [
    path("", views.proof, name="proof"),
    path("verify/", views.verify, name="verify"),
    path("public-key/", views.public_key, name="public_key"),
    path("exports/", views.exports, name="exports"),
    path("exports/log/", views.export, name="export"),
]
