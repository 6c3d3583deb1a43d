"""Addresses of the flows and of what they share."""

from workflows.appointment_review.candidate_urls import urlpatterns as of_the_candidate
from workflows.appointment_review.investigation_urls import urlpatterns as of_the_investigator
from workflows.appointment_review.urls import urlpatterns as of_the_reviewer
from workflows.batches.urls import urlpatterns as of_batches
from workflows.history.urls import urlpatterns as of_the_auditor
from workflows.letters.urls import urlpatterns as of_letters
from workflows.meetings.urls import urlpatterns as of_the_meetings
from workflows.notices.urls import urlpatterns as of_notices
from workflows.papers.urls import urlpatterns as of_papers
from workflows.telling.urls import urlpatterns as of_telling

app_name = "workflows"
urlpatterns = [
    *of_the_investigator,  # before the address of a matter by its number
    *of_the_candidate,
    *of_the_reviewer,
    *of_batches,
    *of_letters,
    *of_the_meetings,
    *of_notices,
    *of_papers,
    *of_the_auditor,
    *of_telling,
]
