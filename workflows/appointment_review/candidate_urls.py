"""The addresses of the person a case is about, and of files."""

from django.urls import path

from workflows.appointment_review.views import candidate, candidate_form, candidate_materials, candidate_team

urlpatterns = [
    path("my/", candidate.my, name="my"),
    path("my/materials/", candidate.my_materials, name="my_materials"),
    path("my/<str:number>/", candidate.my_case, name="my_case"),
    path("my/<str:number>/form/<slug:section>/", candidate_form.my_form, name="my_form"),
    path("my/<str:number>/form/<slug:section>/save", candidate_form.my_form_save, name="my_form_save"),
    path("my/<str:number>/sheet/", candidate_form.my_sheet, name="my_sheet"),
    path("my/<str:number>/hand-in/", candidate_form.my_hand_in, name="my_hand_in"),
    path("my/<str:number>/materials/", candidate_materials.my_case_materials, name="my_case_materials"),
    path(
        "my/<str:number>/materials/<int:pk>/remove", candidate_materials.my_material_remove, name="my_material_remove"
    ),
    path("my/<str:number>/corrections/<int:pk>/", candidate.my_correction, name="my_correction"),
    path("my/<str:number>/withdraw/", candidate.my_withdraw, name="my_withdraw"),
    path("my/<str:number>/reply/", candidate.my_reply, name="my_reply"),
    path("my/<str:number>/reply/save", candidate.my_reply_save, name="my_reply_save"),
    path("my/<str:number>/team/", candidate_team.my_team, name="my_team"),
    path("my/<str:number>/review/", candidate.my_review, name="my_review"),
    path("files/<uuid:pk>/", candidate_materials.file, name="file"),
]
