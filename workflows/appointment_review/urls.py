"""Addresses of those who review: seats, matters, documents."""

from django.urls import path

from workflows.appointment_review.views import (
    campaigns,
    documents,
    elections,
    matters,
    new_matter,
    publication,
    reviewer,
)

urlpatterns = [
    path("seats/<int:pk>/", reviewer.seat, name="seat"),
    path("seats/<int:pk>/decide", reviewer.seat_decide, name="seat_decide"),
    path("seats/<int:pk>/draft", reviewer.seat_draft, name="seat_draft"),
    path("seats/<int:pk>/claim", reviewer.seat_claim, name="seat_claim"),
    path("seats/<int:pk>/release", reviewer.seat_release, name="seat_release"),
    path("seats/<int:pk>/comment", reviewer.seat_comment, name="seat_comment"),
    path("matters/", matters.matters, name="matters"),
    path("matters/new/", new_matter.kinds, name="matter_kinds"),
    path("matters/new/places/", new_matter.places, name="matter_places"),
    path("matters/new/<slug:kind>/", new_matter.new, name="matter_new"),
    path("matters/case/<str:number>/", matters.case_matter, name="case_matter"),
    path("matters/case/<str:number>/notice/", publication.publication, name="publication"),
    path("matters/case/<str:number>/withdraw/", matters.withdraw, name="matter_withdraw"),
    path("matters/case/<str:number>/code", matters.code, name="case_code"),
    path("matters/case/<str:number>/notices/<slug:kind>/", documents.notice, name="case_notice"),
    path("matters/<str:number>/", matters.matter, name="matter"),
    path("matters/<str:number>/election/", elections.election, name="election"),
    path("matters/<str:number>/election/<slug:paper>/", elections.election_paper, name="election_paper"),
    path("elections/together/", campaigns.together, name="elections_together"),
    path("elections/reminder/<str:code>/", campaigns.reminder, name="election_reminder"),
    path("documents/<str:token>/", documents.document, name="document"),
    path("documents/<str:token>/scan/", documents.attach, name="document_scan"),
    path("documents/<str:token>/<slug:form>/", documents.download, name="document_file"),
    path("check/<str:token>/", documents.check, name="check"),
    path("unfilled/", matters.unfilled, name="unfilled"),
]
