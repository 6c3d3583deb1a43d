"""What a printed form consists of: a few kinds of blocks that DOCX, PDF and print view draw alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from workflows.shared.enums import PaperKind


@dataclass(frozen=True)
class Words:
    """A paragraph; ``indent`` leaves two characters free, ``heading`` sets it as a heading."""

    block: ClassVar[str] = "words"
    text: str
    indent: bool = True
    heading: bool = False


@dataclass(frozen=True)
class Pairs:
    """A table of labels and values, two pairs a row; an empty value is a place to write on."""

    block: ClassVar[str] = "pairs"
    pairs: tuple[tuple[str, str], ...]

    @property
    def rows(self) -> list[tuple[tuple[str, str], ...]]:
        """Give the pairs by row."""
        return [self.pairs[start : start + 2] for start in range(0, len(self.pairs), 2)]


@dataclass(frozen=True)
class Grid:
    """A table with headings; ``widths`` are shares in percent; cells after the first stand in the middle."""

    block: ClassVar[str] = "grid"
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()

    @property
    def columns(self) -> tuple[int, ...]:
        """Give the width of each column in percent."""
        return self.widths or tuple(100 // len(self.heads) for _ in self.heads)


@dataclass(frozen=True)
class Space:
    """A box to write in: its label, what stands in it already, its least height in millimetres (25, 40, 60 or 90)."""

    block: ClassVar[str] = "space"
    label: str
    height: int = 40
    text: str = ""


@dataclass(frozen=True)
class Signs:
    """Lines at the right where people sign or stamp."""

    block: ClassVar[str] = "signs"
    lines: tuple[str, ...]


Block = Words | Pairs | Grid | Space | Signs


@dataclass(frozen=True)
class Sheet:
    """A form ready to be drawn; ``dated`` also goes into the metadata of the file."""

    title: str
    issuer: str
    dated: date
    blocks: tuple[Block, ...]
    addressee: str = ""


@dataclass(frozen=True)
class SheetFacts:
    """Everything a form may print, as text; what is not known stays empty and is written by hand.

    Attributes:
        issuer: The organization that prints it; also who signs.
        dated: Day of printing.
        number: Number of case, matter, letter or document.
        person, organization, post: Whom and what it is about; printed names.
        telephone: Of the issuer.
        addressee: To whom it goes.
        held_on, place: Day and place of a talk, a meeting or a vote, as text.
        people: Those who lead a talk, count votes or sign.
        names: The candidates or people listed.
        rows: Rows of the table of this form.
        texts: What was written under each heading of this form, by heading.
        numbers: Counts, by name: expected, present, issued, returned, valid, seats, quorum_numerator,
            quorum_denominator.
        from_on, until_on: First and last day of what it announces, as text.
    """

    issuer: str
    dated: date
    number: str = ""
    person: str = ""
    organization: str = ""
    post: str = ""
    telephone: str = ""
    addressee: str = ""
    held_on: str = ""
    place: str = ""
    people: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    from_on: str = ""
    until_on: str = ""

    def count(self, name: str) -> str:
        """Write a count, or leave its place empty."""
        return str(self.numbers.get(name, ""))


BUILDERS: dict[PaperKind, Callable[[SheetFacts], Sheet]] = {}


def builds(kind: PaperKind) -> Callable[[Callable[[SheetFacts], Sheet]], Callable[[SheetFacts], Sheet]]:
    """Register the builder of a kind of form.

    Args:
        kind: What it builds; each kind has one builder.
    """

    def registered(builder: Callable[[SheetFacts], Sheet]) -> Callable[[SheetFacts], Sheet]:
        if kind in BUILDERS:
            raise ValueError(f"two builders of {kind}")
        BUILDERS[kind] = builder
        return builder

    return registered
