"""Addresses of the inbox."""

from django.urls import path

from approvals.views import inbox, policies

app_name = "approvals"
urlpatterns = [
    path("inbox/", inbox.todo, name="inbox"),
    path("inbox/read/", inbox.to_read, name="to_read"),
    path("inbox/read/<int:pk>/", inbox.open_read, name="open_read"),
    path("inbox/done/", inbox.done, name="done"),
    path("inbox/started/", inbox.started, name="started"),
    path("policies/", policies.policies, name="policies"),
    path("policies/new/", policies.new_policy, name="new_policy"),
    path("policies/<int:pk>/", policies.policy, name="policy"),
    path("policies/<int:pk>/yaml/", policies.policy_yaml, name="policy_yaml"),
]
