"""Addresses of investigations and of recusal."""

from django.urls import path

from workflows.appointment_review.views import (
    investigation,
    investigation_papers,
    investigation_records,
    investigation_teams,
    recusal,
)

CASE = "matters/case/<str:number>/investigation/"
urlpatterns = [
    path("seats/<int:pk>/recuse/", recusal.seat_recuse, name="seat_recuse"),
    path("seats/<int:pk>/no-conflict", recusal.seat_no_conflict, name="seat_no_conflict"),
    path("matters/investigations/", investigation_teams.teams, name="investigation_teams"),
    path(CASE, investigation.page, name="investigation"),
    path(f"{CASE}announce", investigation.publish_notice, name="investigation_announce"),
    path(f"{CASE}declare", investigation.declare, name="investigation_declare"),
    path(f"{CASE}members/<int:member>/replace", investigation.replace, name="investigation_replace"),
    path(f"{CASE}challenges/<int:pk>", investigation.challenge, name="investigation_challenge"),
    path(f"{CASE}talks/new/", investigation_records.talk_new, name="investigation_talk_new"),
    path(f"{CASE}talks/save", investigation_records.talk_save, name="investigation_talk_save"),
    path(f"{CASE}talks/<int:pk>/", investigation_records.talk, name="investigation_talk"),
    path(f"{CASE}tally/", investigation_records.tally, name="investigation_tally"),
    path(f"{CASE}tally/confirm", investigation.tally_confirm, name="investigation_tally_confirm"),
    path(f"{CASE}report/", investigation_records.report, name="investigation_report"),
    path(f"{CASE}report/edit/", investigation_records.report_edit, name="investigation_report_edit"),
    path(f"{CASE}sign", investigation.sign, name="investigation_sign"),
    path(f"{CASE}files/", investigation_records.files, name="investigation_files"),
    path(f"{CASE}papers/<slug:kind>/", investigation_papers.paper, name="investigation_paper"),
]
