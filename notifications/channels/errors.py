"""How a delivery can fail. Only the code is kept: what a provider answers may name people."""


class DeliveryFailure(Exception):
    """It did not go out.

    Attributes:
        code: Short stable word, kept in the outbox.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PassingFailure(DeliveryFailure):
    """Another attempt may succeed.

    Attributes:
        wait_seconds: How long the other side asks to wait; None where it says nothing.
    """

    def __init__(self, code: str, *, wait_seconds: float | None = None) -> None:
        super().__init__(code)
        self.wait_seconds = wait_seconds


class PermanentFailure(DeliveryFailure):
    """No further attempt will succeed before somebody changes something."""


class OutcomeUnknown(DeliveryFailure):
    """It was handed over and no answer came: it may have arrived."""
