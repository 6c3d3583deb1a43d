"""Letters to departments: who gets what at their addresses, written by hand; read ``matrix.py`` first."""

from tests.security.rows import REVIEWERS, STRANGERS

# Whose role reads the files of the body that asks: the province here, the city there.
OFFICE = "approver one_place_only/here organizer_elsewhere/there approver_elsewhere/there two_places/there"
READS = f"{OFFICE} discipline_officer"  # who reads, but does not work in the office
CHAIR = "approver approver_elsewhere/there"
SEES = f"{READS} department_officer/here"
READ = {"GET": {"login": STRANGERS, "ok": SEES, "else": "hidden"}}
OFFICE_ACTS = {
    "POST": {
        "login": STRANGERS,
        "done": OFFICE,
        "told": "discipline_officer department_officer/here",
        "else": "hidden",
    }
}

ROWS = {
    "workflows:letters": {"GET": {"login": STRANGERS, "ok": f"{REVIEWERS} department_officer", "else": "refused"}},
    "workflows:letter_grid": {"GET": {"login": STRANGERS, "ok": REVIEWERS, "else": "refused"}},
    "workflows:letter_new": {
        "GET": {"login": STRANGERS, "ok": REVIEWERS, "else": "refused"},
        "POST": {"login": STRANGERS, "done": OFFICE, "told": REVIEWERS, "else": "refused"},
    },
    # Whoever organizes at the very body that asks says why; others who see the case are told that it is not theirs.
    "workflows:letter_go_on": {
        "POST": {
            "login": STRANGERS,
            "done": "one_place_only/here organizer_elsewhere/there two_places/there",
            "told": "organizer/here own_case/here stepped_down/here two_places/here approver "
            "approver_elsewhere/there discipline_officer",
            "hidden": REVIEWERS,
            "else": "refused",
        }
    },
    "workflows:letters_print": {
        "GET": {"login": STRANGERS, "ok": REVIEWERS, "else": "refused"},
        "POST": {"login": STRANGERS, "done": READS, "told": REVIEWERS, "else": "refused"},
    },
    "workflows:letter": READ,
    "workflows:letter_file": READ,
    "workflows:letter_scan": {"GET": {"login": STRANGERS, "ok": OFFICE, "else": "hidden"}},
    "workflows:letter_answer": {
        "POST": {"login": STRANGERS, "done": "department_officer/here", "told": READS, "else": "hidden"}
    },
    "workflows:letter_enter": OFFICE_ACTS,
    "workflows:letter_confirm": OFFICE_ACTS,
    "workflows:letter_discard": OFFICE_ACTS,
    "workflows:letter_remind": OFFICE_ACTS,
    "workflows:letter_extend": OFFICE_ACTS,
    "workflows:letter_wait": OFFICE_ACTS,
    "workflows:letter_close": {
        "POST": {
            "login": STRANGERS,
            "done": CHAIR,
            "told": f"{READS} department_officer/here",
            "else": "hidden",
        }
    },
}
