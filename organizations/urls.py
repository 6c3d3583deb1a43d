"""The addresses of this room."""

from django.urls import path

from organizations.views import accounts, helpers, invitations, people, roles

app_name = "organizations"
urlpatterns = [
    path("invite/", invitations.activate, name="activate"),
    path("invite/password/", invitations.choose_password, name="choose_password"),
    path("invite/<str:code>/", invitations.activate_by_link, name="activate_by_link"),
    path("access/", invitations.access, name="access"),
    path("access/send/", invitations.send, name="send_invitations"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/identity/", people.reveal, name="reveal_identity"),
    path("grants/", roles.grants, name="grants"),
    path("grants/new/", roles.grant, name="grant"),
    path("grants/<int:pk>/revoke/", roles.revoke, name="revoke"),
    path("grants/accounts/<int:pk>/second-factor/", roles.reset_factor, name="reset_second_factor"),
    path("accounts-admin/", accounts.accounts, name="accounts"),
    path("accounts-admin/<int:pk>/", accounts.account, name="account"),
    path("accounts-admin/<int:pk>/<str:verb>/", accounts.change, name="change_account"),
    path("helpers/", helpers.helpers, name="helpers"),
    path("helpers/<int:pk>/end/", helpers.end, name="end_helper"),
]
