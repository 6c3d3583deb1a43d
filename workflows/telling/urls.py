"""Addresses of telling."""

from django.urls import path

from workflows.telling import views

urlpatterns = [
    path("cases/<str:number>/told/", views.told, name="case_told"),
    path("cases/<str:number>/told/print/", views.told_on_paper, name="case_told_print"),
    path("cases/<str:number>/told/export/", views.export, name="case_told_export"),
    path("cases/<str:number>/told/ahead/", views.would_tell, name="case_would_tell"),
    path("messages/", views.table, name="messages_table"),
    path("deliveries/<int:pk>/send/", views.send_again, name="send_again"),
]
