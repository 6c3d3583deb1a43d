"""Addresses of notices and of what is handed in about them."""

from django.urls import path

from workflows.notices.views import confirming, office, officer, open_pages

urlpatterns = [
    path("announcements/outcome/", open_pages.outcome, name="objection_outcome"),
    path("announcements/<str:token>/", open_pages.open_notice, name="open_notice"),
    path("objections/", officer.objections, name="objections"),
    path("objections/letter/", officer.letter, name="objection_letter"),
    path("objections/<uuid:pk>/", officer.objection, name="objection"),
    path("matters/case/<str:number>/notice/end/", confirming.notice_end, name="notice_end"),
    path("public-notices/<int:pk>/", office.public_notice, name="public_notice"),
    path("public-notices/<int:pk>/photo/", office.notice_photo, name="notice_photo"),
    path("public-notices/<int:pk>/photo/<int:person>/", office.board_photo, name="board_photo"),
    path("public-notices/<int:pk>/<slug:form>/", office.notice_sheet, name="notice_sheet"),
]
