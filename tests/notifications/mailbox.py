"""A real SMTP server that records what arrived."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller


@dataclass
class Mailbox:
    """What arrived.

    Attributes:
        port: TCP port of the server.
        letters: The letters, in order, repetitions included.
        answers: What to answer by recipient, instead of 250.
        on_letter: Called after a letter was taken and before it is answered.
    """

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    on_letter: Callable[[], None] = lambda: None

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        self.on_letter()
        return "250 OK"

    def ids(self) -> list[str]:
        return [letter["Message-ID"] for letter in self.letters]

    def receivers(self) -> list[str]:
        return sorted(letter["To"].addresses[0].addr_spec for letter in self.letters)


@contextmanager
def receiving() -> Iterator[Mailbox]:
    """Run the server on a free port."""
    from tests.servers import free_port

    box = Mailbox(port=free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
