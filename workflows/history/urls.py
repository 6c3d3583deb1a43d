"""Addresses of the histories and of the flows."""

from django.urls import path

from workflows.history import flow_views, views

urlpatterns = [
    path("cases/", views.cases, name="cases"),
    path("cases/<str:number>/", views.case, name="case_history"),
    path("cases/<str:number>/chart/", views.case_chart, name="case_chart"),
    path("cases/<str:number>/check/", views.check, name="case_check"),
    path("cases/<str:number>/export/", views.export, name="case_export"),
    path("cases/<str:number>/dossier/", views.dossier, name="case_dossier"),
    path("flows/", flow_views.flows, name="flows"),
    path("flows/<str:name>/", flow_views.flow, name="flow"),
    path("flows/<str:name>/bpmn/", flow_views.flow_bpmn, name="flow_bpmn"),
]
