"""Addresses of letters."""

from django.urls import path

from workflows.letters.views import acts, files, grid, lists, printing, sending

urlpatterns = [
    path("letters/", lists.letters, name="letters"),
    path("letters/grid/", grid.grid, name="letter_grid"),
    path("letters/new/", sending.new, name="letter_new"),
    path("letters/print/", printing.print_letters, name="letters_print"),
    path("letters/seats/<int:pk>/go-on/", acts.go_on, name="letter_go_on"),
    path("letters/<str:token>/", lists.letter, name="letter"),
    path("letters/<str:token>/answer/", acts.answer, name="letter_answer"),
    path("letters/<str:token>/enter/", acts.enter, name="letter_enter"),
    path("letters/<str:token>/confirm/", acts.confirm, name="letter_confirm"),
    path("letters/<str:token>/discard/", acts.discard, name="letter_discard"),
    path("letters/<str:token>/remind/", acts.remind, name="letter_remind"),
    path("letters/<str:token>/extend/", acts.extend, name="letter_extend"),
    path("letters/<str:token>/wait/", acts.wait, name="letter_wait"),
    path("letters/<str:token>/close/", acts.close, name="letter_close"),
    path("letters/<str:token>/scans/<uuid:pk>/", files.scan, name="letter_scan"),
    path("letters/<str:token>/<slug:form>/", files.download, name="letter_file"),
]
