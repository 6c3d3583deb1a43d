"""Addresses of sheets and scans."""

from django.urls import path

from workflows.papers.views import sheets, stacks

urlpatterns = [
    path("matters/case/<str:number>/papers/", sheets.case_papers, name="case_papers"),
    path("matters/case/<str:number>/papers/<slug:kind>/<slug:form>/", sheets.case_paper, name="case_paper"),
    path("papers/print/", sheets.print_many, name="print_many"),
    path("papers/scans/<int:pk>/", sheets.paper_scan, name="paper_scan"),
    path("papers/stacks/", stacks.stacks, name="stacks"),
    path("papers/stacks/<uuid:pk>/", stacks.stack, name="stack"),
    path("papers/stacks/<uuid:pk>/file", stacks.stack_file, name="stack_file"),
    path("papers/stacks/<uuid:pk>/discard", stacks.stack_discard, name="stack_discard"),
    path("papers/stacks/<uuid:pk>/<int:place>/", stacks.stack_page, name="stack_page"),
    path("papers/stacks/<uuid:pk>/<int:place>/sort", stacks.stack_sort, name="stack_sort"),
    path("papers/<str:code>/", sheets.paper, name="paper"),
]
