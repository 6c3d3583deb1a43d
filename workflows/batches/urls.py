"""Addresses of batches."""

from django.urls import path

from workflows.batches.views import batch

urlpatterns = [
    path("batches/<int:pk>/", batch.run, name="batch_run"),
    path("batches/<int:pk>/go-on", batch.go, name="batch_go_on"),
    path("batches/<slug:flow>/<slug:step>/", batch.batch, name="batch"),
]
