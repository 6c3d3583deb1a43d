"""Addresses of the flows and of what they share."""

from workflows.appointment_review.candidate_urls import urlpatterns as of_the_candidate
from workflows.appointment_review.urls import urlpatterns as of_the_reviewer
from workflows.history.urls import urlpatterns as of_the_auditor
from workflows.letters.urls import urlpatterns as of_letters
from workflows.notices.urls import urlpatterns as of_notices

app_name = "workflows"
urlpatterns = [
    *of_the_candidate,
    *of_the_reviewer,
    *of_the_auditor,
    *of_letters,
    *of_notices,
]
