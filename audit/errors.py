"""The parent of every "no" that a person can be told."""


class Refusal(Exception):
    """Says no to a person, with a stable code and a sentence worded at the edge.

    Attributes:
        code: Stable name of the reason, never shown.
        message: Lazily translated sentence that says what is wrong and what to do; may hold ``{names}``.
        facts: Values for the names in the sentence.
    """

    code = "refused"
    message: object = ""

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        return str(self.message).format(**self.facts)
