"""What an inspector answers."""

from dataclasses import dataclass

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!"


class Unsafe(Exception):
    """Says that a file may not be kept.

    Attributes:
        code: Reason, a key of ``workflows.shared.vetting.SENTENCES``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Clean:
    """A file that may be kept: ``content`` was written anew by us, ``pages`` is None where nothing has pages."""

    content: bytes
    pages: int | None = None
    width: int | None = None
    height: int | None = None


def refuse_if(wrong: bool, code: str) -> None:
    """Raise ``Unsafe`` with this code when something is wrong."""
    if wrong:
        raise Unsafe(code)
