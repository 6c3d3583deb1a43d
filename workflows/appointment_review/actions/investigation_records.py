"""What a team brings home: talks and the counted papers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import F

from approvals.actions.acting import acting_on
from approvals.models import Draft
from organizations.identity import seal_for, unseal_for
from organizations.models import Account
from workflows.appointment_review.actions.investigation_team import member_of, open_stage_of
from workflows.appointment_review.enums import TalkKind
from workflows.appointment_review.errors import (
    SecondPerson,
    TalkIncomplete,
    TalkNotConfirmed,
    TallyMissing,
    TallyWrong,
    TwoPresent,
)
from workflows.appointment_review.investigation_models import Report, TalkRecord, Tally, TeamMember
from workflows.appointment_review.investigation_queries import STEP
from workflows.appointment_review.rules.investigation import GRADES, Counts, tally_problem

LONGEST = 20_000


@dataclass(frozen=True)
class Talk:
    """One talk as it was held.

    Attributes:
        kind: ``typed`` or ``paper``.
        held_on, place: When and where.
        talkee, relation: With whom, and who that is to the candidate.
        text: What was said; may stay empty for a paper record.
        present: Keys of the members who were there.
        confirmed: Whether the talkee has read the record and confirmed it.
        keeper, pages: Who keeps the paper and how long it is.
    """

    kind: str
    held_on: date
    place: str
    talkee: str
    relation: str
    text: str
    present: Sequence[int]
    confirmed: bool
    keeper: str = ""
    pages: int | None = None


def record_talk(*, case_pk: int, talk: Talk, by: Account, at: datetime, key: str) -> TalkRecord:
    """Keep the record of a talk; name and words are sealed under the candidate's key.

    Args:
        case_pk: The case.
        talk: As it was held.
        by, at: Who records it, and when.
        key: Idempotency key drawn with the page.

    Returns:
        The record, the first one when the key is known.

    Raises:
        NotOnTheTeam, InvestigationOver, TwoPresent, TalkNotConfirmed, TalkIncomplete: as they say.
    """
    with acting_on(case_pk, by=by, at=at) as act:
        stage = open_stage_of(act)
        member = member_of(act, stage)
        known = TalkRecord.objects.filter(key=key, recorded_by=by).first()
        if known is not None:
            return known
        team = TeamMember.objects.filter(investigation=member.investigation_id, pk__in=list(talk.present))
        _check(talk, len(team))
        texts = {"talkee": talk.talkee.strip(), "talk": talk.text.strip()}
        sealed = seal_for(act.case.subject, {name: text for name, text in texts.items() if text})
        on_paper = talk.kind == TalkKind.PAPER
        made = TalkRecord.objects.create(
            investigation=member.investigation,
            kind=talk.kind,
            held_on=talk.held_on,
            place=talk.place.strip(),
            keeper=talk.keeper.strip() if on_paper else "",
            pages=talk.pages if on_paper else None,
            relation=talk.relation,
            sealed_talkee=sealed["talkee"],
            sealed_text=sealed.get("talk", ""),
            recorded_by=by,
            recorded_at=at,
            key=key,
        )
        made.present.set(team)
        Draft.objects.filter(account=by, seat=member.seat_id).delete()
        facts = {"kind": talk.kind, "held_on": str(talk.held_on), "pages": made.pages or 0}
        act.log("talk.recorded", stage=stage, facts=facts)
        return made


def _check(talk: Talk, present: int) -> None:
    on_paper = talk.kind == TalkKind.PAPER
    enough = bool(talk.pages and talk.keeper.strip()) if on_paper else bool(talk.text.strip())
    if not (talk.talkee.strip() and talk.place.strip() and enough):
        raise TalkIncomplete
    if present < 2:  # docs/regulations.md, investigation: talks are led by two
        raise TwoPresent
    if not talk.confirmed:
        raise TalkNotConfirmed


def save_talk_draft(*, case_pk: int, fields: dict[str, str], by: Account, at: datetime) -> None:
    """Keep some fields of a half-typed talk record, sealed under the candidate's key.

    Raises:
        NotOnTheTeam, InvestigationOver: as they say.
    """
    with acting_on(case_pk, by=by, at=at) as act:
        member = member_of(act, open_stage_of(act))
        typed = {f"{STEP}.{name}": text[:LONGEST] for name, text in fields.items()}
        draft = Draft.objects.filter(account=by, seat=member.seat).first()
        kept = {name: sealed for name, sealed in (draft.fields if draft else {}).items() if name not in typed}
        kept |= seal_for(act.case.subject, {name: text for name, text in typed.items() if text})
        Draft.objects.update_or_create(account=by, seat=member.seat, defaults={"fields": kept, "saved_at": at})


def talk_draft(member: TeamMember) -> tuple[dict[str, str], datetime | None]:
    """Open a half-typed talk record; empty when there is none."""
    draft = Draft.objects.filter(account=member.account_id, seat=member.seat_id).first()
    if draft is None:
        return {}, None
    opened = unseal_for(member.investigation.case.subject, draft.fields)
    return {name.removeprefix(f"{STEP}."): text for name, text in opened.items()}, draft.saved_at


def enter_tally(
    *,
    case_pk: int,
    counts: Counts,
    held_on: date,
    opinions: tuple[int, int],
    by: Account,
    at: datetime,
) -> None:
    """Enter the counted papers, or enter them anew; somebody else confirms them then.

    Whoever signed the report stood by the numbers as they were: with other numbers all have to sign again.

    Args:
        case_pk: The case.
        counts: Papers of the democratic appraisal.
        held_on: When it was held.
        opinions: Opinion forms given out and returned.
        by, at: Who enters, and when.

    Raises:
        NotOnTheTeam, InvestigationOver, TallyWrong: as they say.
    """
    with acting_on(case_pk, by=by, at=at) as act:
        stage = open_stage_of(act)
        member = member_of(act, stage)
        if tally_problem(counts) or opinions[1] > opinions[0]:
            raise TallyWrong
        numbers = {
            "held_on": held_on,
            "opinions_issued": opinions[0],
            "opinions_returned": opinions[1],
            "issued": counts.issued,
            "returned": counts.returned,
            "valid": counts.valid,
            **dict(zip(GRADES, counts.grades, strict=True)),
        }
        entered = {"entered_by": by, "entered_at": at, "confirmed_by": None, "confirmed_at": None}
        same = Tally.objects.filter(investigation=member.investigation, **numbers).exists()
        Tally.objects.update_or_create(investigation=member.investigation, defaults=numbers | entered)
        if not same:
            Report.objects.filter(investigation=member.investigation).update(version=F("version") + 1)
        act.log("tally.entered", stage=stage, facts=asdict(counts) | {"grades": list(counts.grades)})


def confirm_tally(*, case_pk: int, by: Account, at: datetime) -> None:
    """Confirm the counted papers, as somebody other than who entered them.

    Raises:
        NotOnTheTeam, InvestigationOver, TallyMissing, SecondPerson: as they say.
    """
    with acting_on(case_pk, by=by, at=at) as act:
        stage = open_stage_of(act)
        member = member_of(act, stage)
        tally = Tally.objects.filter(investigation=member.investigation).first()
        if tally is None:
            raise TallyMissing
        if tally.entered_by_id == by.pk:
            raise SecondPerson
        if Tally.objects.filter(pk=tally.pk, confirmed_at=None).update(confirmed_by=by, confirmed_at=at):
            act.log("tally.confirmed", stage=stage)
