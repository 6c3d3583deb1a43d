"""What is said: each kind of message with its subject, its sentence and what to do. No name, number or reason in it."""

from django.utils.translation import gettext_lazy as _

from notifications.audience import To
from notifications.enums import Channel
from notifications.messages import DIGEST, register
from notifications.rules.routing import Group

register(
    "seat_opened",
    subject=_("1 matter waits for you"),
    body=_("A matter has come to you for your opinion."),
    todo=_("Please sign in and open it in your to-do list."),
    told=(To.SEAT,),
)
register(
    "work_asked",
    subject=_("1 task waits for you"),
    body=_("A matter has come to you to be worked on."),
    todo=_("Please sign in and open it in your to-do list."),
    told=(To.SEAT, To.TEAM, To.PERSON),
)
register(
    "team_announced",
    subject=_("Your matter: who will come to talk"),
    body=_("The people who look into your matter have been named."),
    todo=_("Please sign in to read their names; you can ask for somebody else there."),
    group=Group.RIGHTS,
    told=(To.PERSON,),
)
register(
    "challenge_made",
    subject=_("1 request for another investigator"),
    body=_("Somebody has asked that another person look into a matter."),
    todo=_("Please sign in and decide it; the work waits for it."),
    told=(To.DECIDERS,),
)
register(
    "challenge_decided",
    subject=_("Your request was decided"),
    body=_("Your request about the people who look into your matter was decided."),
    todo=_("Please sign in to read the answer."),
    group=Group.OWN,
    told=(To.PERSON,),
)
register(
    "seat_due",
    subject=_("1 matter is due soon"),
    body=_("A matter that waits for you is due soon."),
    todo=_("Please sign in and deal with it before it is late."),
    reminds=True,
    told=(To.SEAT, To.PERSON),
)
register(
    "seat_due_today",
    subject=_("1 matter is due today"),
    body=_("A matter that waits for you is due today."),
    todo=_("Please sign in and deal with it today."),
    reminds=True,
    today=True,
    urgent=True,
    told=(To.SEAT, To.PERSON),
)
register(
    "late_below",
    subject=_("1 matter is late in your area"),
    body=_("A matter that waits at an organization below you is late."),
    todo=_("Please sign in, see where it waits, and help it on."),
    group=Group.BELOW,
    reminds=True,
    told=(To.ORGANIZER_ABOVE,),
)
register(
    "late_below_long",
    subject=_("1 matter is long overdue in your area"),
    body=_("A matter that waits at an organization below you is long overdue, and the office above it knows."),
    todo=_("Please sign in, see where it waits, and decide how it goes on."),
    group=Group.BELOW,
    reminds=True,
    urgent=True,
    told=(To.SECRETARY_ABOVE,),
)
register(
    "seat_overdue",
    subject=_("1 matter is overdue"),
    body=_("A matter that waits for you is past its day."),
    todo=_("Please sign in and deal with it as soon as you can."),
    reminds=True,
    told=(To.SEAT, To.PERSON),
)
register(
    "case_returned",
    subject=_("Something has to be corrected"),
    body=_("What was handed in came back with a list of what to correct."),
    todo=_("Please sign in, read the list and hand in again."),
    group=Group.RIGHTS,
    told=(To.PERSON,),
)
register(
    "case_refused",
    subject=_("There is an answer in your matter"),
    body=_("Your matter was concluded."),
    todo=_("Please sign in to read the answer and its reason, and what you may do."),
    group=Group.RIGHTS,
    told=(To.PERSON,),
)
register(
    "not_elected",
    subject=_("The election in your matter is over"),
    body=_("The result of the election was entered, and your matter is closed with thanks for standing."),
    todo=_("There is nothing to do; the record can be read after signing in."),
    group=Group.OWN,
    told=(To.PERSON,),
)
register(
    "case_withdrawn",
    subject=_("A matter was withdrawn"),
    body=_("A matter you had a part in was withdrawn."),
    todo=_("There is nothing to do; the record can be read after signing in."),
    group=Group.OWN,
    told=(To.PERSON,),
)
register(
    "right_of_reply",
    subject=_("You may give your view"),
    body=_("Before a decision is made in your matter you may state your view."),
    todo=_("Please sign in to read what it is about and until when you may answer."),
    group=Group.RIGHTS,
    told=(To.PERSON,),
)
register(
    "decision_issued",
    subject=_("A decision was issued"),
    body=_("The document of a decision that concerns you was issued."),
    todo=_("Please sign in to read or download it."),
    group=Group.RIGHTS,
    told=(To.PERSON,),
)
register(
    "case_accepted",
    subject=_("Your materials were accepted"),
    body=_("What you handed in was found complete and was accepted."),
    todo=_("There is nothing to do now; you can follow the state after signing in."),
    group=Group.OWN,
    told=(To.PERSON,),
)
register(
    "reassurance_received",
    subject=_("What you handed in has arrived"),
    body=_("What you handed in has arrived and is with the office in charge."),
    todo=_("There is nothing to do now; you can follow the state after signing in."),
    group=Group.OWN,
    told=(To.PERSON,),
)
register(
    "talk_owed",
    subject=_("An onboarding talk is to be held"),
    body=_("A talk with a newly appointed secretary is still to be held."),
    todo=_("Please sign in to see with whom and by when."),
    reminds=True,
    told=(To.TALK_ORGANIZER,),
)
register(
    "unmask_notice",
    subject=_("A masked value was looked at"),
    body=_("Somebody looked at a masked personal value and gave a reason."),
    todo=_("Please sign in to check who, when and why in the record."),
    group=Group.SYSTEM,
    told=(To.AUDITOR,),
)
register(
    "helper_asked",
    subject=_("You were asked to help fill in a form"),
    body=_("Somebody asked you to fill in a form for them."),
    todo=_("Please sign in to see what to fill in; they confirm the final text themselves."),
    group=Group.OWN,
    told=(To.HELPER,),
)
register(
    "letter_sent",
    subject=_("1 letter asks for your reply"),
    body=_("A letter that asks for an opinion has come to your department."),
    todo=_("Please sign in and answer it before its last day."),
    told=(To.DEPARTMENT,),
)
register(
    "letter_due",
    subject=_("1 letter is to be answered soon"),
    body=_("The last day for answering a letter to your department is near."),
    todo=_("Please sign in and answer it before it is late."),
    reminds=True,
    told=(To.DEPARTMENT,),
)
register(
    "letter_due_today",
    subject=_("1 letter is to be answered today"),
    body=_("Today is the day on which a letter to your department is to be answered."),
    todo=_("Please sign in and answer it today."),
    reminds=True,
    today=True,
    told=(To.DEPARTMENT,),
)
register(
    "letter_reminded",
    subject=_("1 letter still waits for your reply"),
    body=_("A letter to your department has not been answered in full."),
    todo=_("Please sign in and answer it as soon as you can."),
    reminds=True,
    told=(To.DEPARTMENT,),
)
register(
    "letter_late",
    subject=_("1 letter of yours is late"),
    body=_("A department has not answered a letter of yours in full, and its day is over."),
    todo=_("Please sign in and remind the department, give it more time, or ask the chair."),
    reminds=True,
    told=(To.WRITER,),
)
register(
    "letter_extended",
    subject=_("A letter has a later last day"),
    body=_("Your department was given more time to answer a letter."),
    todo=_("Please sign in to see the new day and answer by then."),
    told=(To.DEPARTMENT,),
)
register(
    "letter_answered",
    subject=_("1 letter was answered"),
    body=_("A department has answered a letter of yours."),
    todo=_("Please sign in to read the reply."),
    group=Group.INFORMATION,
    told=(To.WRITER,),
)
register(
    "copy_for_information",
    subject=_("1 matter for your information"),
    body=_("A matter was copied to you for your information."),
    todo=_("Nothing has to be decided; you can read it after signing in."),
    group=Group.INFORMATION,
    told=(To.LIAISON, To.GUIDE),
)
register(
    "copied_due",
    subject=_("For your information: something is due at your branch"),
    body=_("Something is asked of a person at a branch you look after, and it is due soon."),
    todo=_("Please help the person to be in time; you can see what it is after signing in."),
    group=Group.INFORMATION,
    reminds=True,
    told=(To.LIAISON, To.GUIDE),
)
register(
    "copied_overdue",
    subject=_("For your information: something is overdue at your branch"),
    body=_("Something is asked of a person at a branch you look after, and it is past its day."),
    todo=_("Please help the person to deal with it; you can see what it is after signing in."),
    group=Group.INFORMATION,
    reminds=True,
    told=(To.LIAISON, To.GUIDE),
)
register(
    "meeting_to_confirm",
    subject=_("The record of a meeting is to be confirmed"),
    body=_("The results of a meeting were entered."),
    todo=_("Please sign in, look them over and confirm them."),
    told=(To.CHAIR,),
)
register(
    "meeting_handed_back",
    subject=_("The record of a meeting came back"),
    body=_("The chair asks you to look at the results of a meeting again."),
    todo=_("Please sign in, correct them and hand them over again."),
    told=(To.RECORDER,),
)
register(
    "counts_of_day",
    subject=_("Items of today"),
    body=_("Items waiting: {open}; due today: {due}."),
    todo=_("Please sign in to see your own."),
    channels=(),
    in_groups=True,
    told=(To.GROUP,),
)
register(
    DIGEST,
    subject=_("Your digest: {n} in all"),
    body=_("This has come for you since the last digest. What you have opened in the system already is left out."),
    todo=_("Please sign in to see what it is about and to deal with it."),
    channels=(Channel.EMAIL,),
    told=(To.ONESELF,),
)
