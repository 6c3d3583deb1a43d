"""Writes posts: a new term is another row, a new secretary ends the post of the one before."""

from collections import defaultdict
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from organizations.enums import PostEnd, PostSource, Title
from organizations.ledger.rows import SecretaryRow
from organizations.ledger.writing.merge import AT_ONCE, differing, update
from organizations.ledger.writing.tree import Places
from organizations.models import Account, Person, Post, TermExtension

TermKey = tuple[int, int, str, date]


def write_posts(
    rows: list[SecretaryRow], people: dict[str, Person], places: Places, *, by: Account | None, at: datetime
) -> int:
    """Bring the posts into step.

    Args:
        rows: Good rows; nobody in them took office before the one the system knows.
        people: Stored people by identity number.
        places: Stored organizations by code.
        by, at: Who imports, and when.

    Returns:
        How many posts were made, changed or ended.
    """
    posts = list(Post.objects.annotate(extended=Exists(TermExtension.objects.filter(post=OuterRef("pk")))))
    terms: dict[TermKey, Post] = {(p.person_id, p.organization_id, p.title, p.started_on): p for p in posts}
    held: defaultdict[int, list[Post]] = defaultdict(list)
    for post in posts:
        if post.ended_on is None:
            held[post.organization_id].append(post)
    wanted = {(people[row.identity].pk, places[row.branch].pk, row.title_held, row.started_on): row for row in rows}
    open_terms = {key: terms[key] for key in wanted if key in terms and terms[key].ended_on is None}
    changed, fields = differing(open_terms, {key: _later(wanted[key], open_terms[key]) for key in open_terms})
    made = [_post(key, row, by, at) for key, row in wanted.items() if key not in terms]
    ended = {over.pk: over for new in made for over in _ended_by(new, held[new.organization_id])}
    update(Post, changed, fields)
    update(Post, ended.values(), {"ended_on", "end"})
    Post.objects.bulk_create(made, batch_size=AT_ONCE)
    return len(changed) + len(ended) + len(made)


def _facts(row: SecretaryRow) -> dict[str, object]:
    return {"due_on": row.due_on, "source": row.source, "is_first": row.is_first}


def _later(row: SecretaryRow, post: Post) -> dict[str, object]:
    """Take what the row says, but never an approved extension back."""
    facts = _facts(row)
    if row.due_on and post.due_on and post.due_on > row.due_on and post.extended:
        facts["due_on"] = post.due_on
    return facts


def _post(key: TermKey, row: SecretaryRow, by: Account | None, at: datetime) -> Post:
    person, organization, title, started_on = key
    return Post(
        person_id=person,
        organization_id=organization,
        title=title,
        started_on=started_on,
        recorded_by=by,
        recorded_at=at,
        **_facts(row),
    )


def _ended_by(new: Post, held: list[Post]) -> list[Post]:
    """Find what a new post ends: the same person's earlier term, and the secretary or acting one before."""
    over = []
    for old in held:
        same_person = (old.person_id, old.title) == (new.person_id, new.title)
        if same_person or _gives_way(old, new):
            old.ended_on, old.end = new.started_on, PostEnd.TERM_OVER if same_person else PostEnd.SUCCEEDED
            over.append(old)
    return over


def _gives_way(old: Post, new: Post) -> bool:
    if new.title != Title.SECRETARY or old.title != Title.SECRETARY:
        return False
    return old.source == PostSource.ACTING or new.source != PostSource.ACTING
