"""Addresses of the meetings."""

from django.urls import path

from workflows.meetings.views import agenda, closing, desk, table

urlpatterns = [
    path("meetings/", agenda.meetings, name="meetings"),
    path("meetings/new/", agenda.new, name="meeting_new"),
    path("meetings/<str:number>/", agenda.meeting, name="meeting"),
    path("meetings/<str:number>/agenda/", agenda.change_agenda, name="meeting_agenda"),
    path("meetings/<str:number>/off/", agenda.call_off, name="meeting_off"),
    path("meetings/<str:number>/attendance/", agenda.attend, name="meeting_attend"),
    path("meetings/<str:number>/desk/", desk.desk, name="meeting_desk"),
    path("meetings/<str:number>/items/<int:pk>/result/", desk.result, name="meeting_result"),
    path("meetings/<str:number>/items/<int:pk>/recusal/", desk.recuse, name="meeting_recuse"),
    path("meetings/<str:number>/items/<int:pk>/draft/", desk.draft, name="meeting_draft"),
    path("meetings/<str:number>/table/", table.table, name="meeting_table"),
    path("meetings/<str:number>/over/", closing.over, name="meeting_over"),
    path("meetings/<str:number>/confirm/", closing.confirm, name="meeting_confirm"),
    path("meetings/<str:number>/scan/", closing.scan, name="meeting_scan"),
    path("meetings/<str:number>/<slug:kind>/<slug:form>/", closing.paper, name="meeting_paper"),
]
