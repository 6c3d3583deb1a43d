"""The addresses of telling."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("deliveries/", views.deliveries, name="deliveries"),
    path("deliveries/<int:pk>/send/", views.send_again, name="send_again"),
]
