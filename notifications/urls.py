"""The addresses of telling."""

from django.urls import path

from notifications import feed_views, views

app_name = "notifications"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/calendar/", feed_views.feed, name="feed"),
    path("notices/calendar/end/", feed_views.end_feed, name="end_feed"),
    path("calendars/<str:token>.ics", feed_views.calendar, name="calendar"),
    path("deliveries/", views.deliveries, name="deliveries"),
]
