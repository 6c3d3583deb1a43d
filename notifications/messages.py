"""The register of messages: what a kind of message is, how a room adds its own, and how one is worded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import override

from notifications.audience import To
from notifications.enums import Channel
from notifications.rules.routing import Group

EVERYWHERE = (Channel.IN_APP, Channel.EMAIL)
DIGEST = "digest"
Facts = Mapping[str, object]


@dataclass(frozen=True)
class Kind:
    """One kind of message; the sentences are lazily translated and may hold ``{facts}``.

    Attributes:
        subject: Subject of the letter and title of the notice.
        body: What happened, one sentence.
        todo: What to do now, one sentence.
        channels: How it travels unless the caller says otherwise.
        opened: Opens sealed facts at the moment of sending, for kinds whose facts are secret; may raise ``FactsGone``.
        in_groups: Whether robots may say it before a whole group: counts and class notices only.
        group: What people decide together about how they are told.
        reminds: Whether it reminds of something told before.
        today: Whether its letter is of no use after the day.
        urgent: Whether it never waits for a digest, and comes as a text message, too.
        told: Whom it goes to.
    """

    subject: object
    body: object
    todo: object
    channels: tuple[str, ...] = EVERYWHERE
    opened: Callable[[Facts], Facts] | None = None
    in_groups: bool = False
    group: str = Group.WAITING
    reminds: bool = False
    today: bool = False
    urgent: bool = False
    told: tuple[To, ...] = ()


@dataclass(frozen=True)
class Words:
    """A message in one language.

    Attributes:
        subject, body, todo: As in ``Kind``, ready to read.
    """

    subject: str
    body: str
    todo: str

    @property
    def text(self) -> str:
        """What happened and what to do, in one paragraph; Chinese sentences need no space between them."""
        return self.body + ("" if self.body.endswith("。") else " ") + self.todo


class UnknownKind(LookupError):
    """A message of a kind nobody registered: a mistake in code."""


class FactsGone(LookupError):
    """The facts of a message cannot be opened any more; whoever opens them raises it."""


KINDS: dict[str, Kind] = {}


def register(
    name: str,
    *,
    subject: object,
    body: object,
    todo: object,
    channels: tuple[str, ...] = EVERYWHERE,
    opened: Callable[[Facts], Facts] | None = None,
    in_groups: bool = False,
    group: str = Group.WAITING,
    reminds: bool = False,
    today: bool = False,
    urgent: bool = False,
    told: tuple[To, ...] = (),
) -> None:
    """Add a kind of message; rooms above add theirs in ``AppConfig.ready``.

    Args:
        name: Stable name, stored with each message.
        subject, body, todo: Lazily translated sentences without personal values.
        channels: How it travels unless the caller says otherwise.
        opened: Turns stored facts into those of the sentence, where they are stored sealed.
        in_groups: Whether robots may say it before a whole group: counts and class notices only.
        group, reminds, today, urgent, told: As in ``Kind``.
    """
    KINDS[name] = Kind(
        subject=subject, body=body, todo=todo, channels=channels, opened=opened, in_groups=in_groups,
        group=group, reminds=reminds, today=today, urgent=urgent, told=told,
    )  # fmt: skip


def kind_of(name: str) -> Kind:
    """Find a kind.

    Args:
        name: Its stable name.

    Returns:
        The kind.

    Raises:
        UnknownKind: nobody registered it.
    """
    try:
        return KINDS[name]
    except KeyError:
        raise UnknownKind(name) from None


def words_of(name: str, facts: Facts, *, language: str) -> Words:
    """Word a message.

    Args:
        name: Its kind.
        facts: Values for the names in the sentences.
        language: Code of the recipient's language.

    Returns:
        The sentences in that language.

    Raises:
        UnknownKind: nobody registered the kind.
    """
    kind = kind_of(name)
    values = kind.opened(facts) if kind.opened else facts
    with override(language):
        return Words(*(str(sentence).format(**values) for sentence in (kind.subject, kind.body, kind.todo)))
