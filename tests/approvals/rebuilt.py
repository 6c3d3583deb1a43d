"""Compares what the log alone tells of a case with what the tables say."""

from approvals.models import Case, Decision
from approvals.rebuild import rebuild
from audit.models import Entry


def iso(moment) -> str:
    return moment.isoformat() if moment else ""


def differences(case: Case) -> list[str]:
    """List where the log and the tables of a case differ."""
    story = rebuild(Entry.objects.filter(stream=f"case:{case.number}").order_by("seq"))
    tasks = case.process.task_set.order_by("pk")
    told = {
        "state": (story.state, case.state),
        "opened": (story.opened_at, iso(case.opened_at)),
        "closed": (story.closed_at, iso(case.closed_at)),
        "nodes": (story.nodes, [task.flow_task.name for task in tasks]),
        "stages": (
            [
                (s.step, s.visit, s.organization, s.opened_at, s.due_at[:19], s.outcome, s.goes_to, s.closed_at)
                for s in story.stages.values()
            ],
            [
                (
                    s.step,
                    s.visit,
                    s.organization.code,
                    iso(s.opened_at),
                    shown(s.due_at),
                    s.outcome,
                    s.goes_to,
                    iso(s.closed_at),
                )
                for s in case.stages.select_related("organization").order_by("pk")
            ],
        ),
        "seats": (
            [
                (stage.step, stage.visit, place, seat.holder, seat.state, seat.decision)
                for stage in story.stages.values()
                for place, seat in sorted(stage.seats.items())
            ],
            [
                (stage.step, stage.visit, seat.place, seat.holder_id, seat.state, said_on(seat))
                for stage in case.stages.order_by("pk")
                for seat in stage.seats.order_by("place")
            ],
        ),
    }
    return [f"{what}: log {log!r}, tables {tables!r}" for what, (log, tables) in told.items() if log != tables]


def shown(moment) -> str:
    from django.utils.timezone import localtime

    return localtime(moment).isoformat()[:19] if moment else ""


def said_on(seat):
    decision = Decision.objects.filter(seat=seat).first()
    return (decision.verb, decision.by_id, iso(decision.at)) if decision else None
