"""The addresses of this room."""

from django.urls import path

from organizations.views import accounts, calendar, closures, helpers, invitations, ledger, people, roles, terms, tree

app_name = "organizations"
urlpatterns = [
    path("invite/", invitations.activate, name="activate"),
    path("invite/password/", invitations.choose_password, name="choose_password"),
    path("invite/<str:code>/", invitations.activate_by_link, name="activate_by_link"),
    path("access/", invitations.access, name="access"),
    path("access/send/", invitations.send, name="send_invitations"),
    path("organizations/", tree.organizations, name="organizations"),
    path("organizations/<str:code>/", tree.organization, name="organization"),
    path("organizations/<str:code>/describe/", tree.describe, name="describe"),
    path("organizations/<str:code>/move/", tree.move, name="move"),
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
    path("terms/", terms.terms, name="terms"),
    path("terms/export/", terms.export, name="export_terms"),
    path("terms/remind/", terms.remind_all, name="remind_terms"),
    path("terms/<int:pk>/reason/", terms.reason, name="explain_term"),
    path("terms/<int:pk>/remind/", terms.remind, name="remind_term"),
    path("import/", ledger.imports, name="imports"),
    path("import/template/", ledger.template, name="ledger_template"),
    path("import/<uuid:pk>/", ledger.detail, name="import"),
    path("import/<uuid:pk>/progress/", ledger.progress, name="import_progress"),
    path("import/<uuid:pk>/write/", ledger.write, name="write_import"),
    path("import/<uuid:pk>/refused/", ledger.refused, name="refused_rows"),
    path("calendar/", calendar.year, name="calendar"),
    path("calendar/closures/", closures.closures, name="closures"),
    path("calendar/closures/<int:pk>/open/", closures.reopen, name="closure_open"),
    path("calendar/<str:day>/", calendar.day, name="calendar_day"),
]
