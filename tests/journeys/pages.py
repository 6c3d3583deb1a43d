"""A page as a browser without scripts sees it: its forms with what stands in them, its links, its words."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form of a page.

    Attributes:
        action: Where it is sent; empty for the page itself.
        values: What is sent if nothing is typed, hidden fields included.
        names: Names of all its fields, ticked or not.
        buttons: Names of its buttons.
    """

    action: str = ""
    values: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    buttons: set[str] = field(default_factory=set)


@dataclass
class Page:
    """What came back.

    Attributes:
        address: Where it stands, after redirects, with its fragment.
        status: The HTTP status.
        html: As sent.
    """

    address: str
    status: int
    html: str

    def __post_init__(self) -> None:
        reader = Reader()
        reader.feed(self.html)
        self.forms, self.links = reader.forms, reader.links
        self.text = re.sub(r"\s+", " ", "".join(reader.words))

    def form(self, action: str = "", *, field: str = "") -> Form:
        """Find the one form by the end of its address, or by the name of a field or button."""
        found = [
            one for one in self.forms if one.action.endswith(action) and (not field or field in one.names | one.buttons)
        ]
        assert found, f"no form {action!r} {field!r} on {self.address}: {[one.action for one in self.forms]}"
        return found[0]

    def links_to(self, pattern: str) -> list[str]:
        """Give the addresses of the links that match a pattern, each once, in order."""
        return list(dict.fromkeys(link for link in self.links if re.search(pattern, link)))

    def parts(self, pattern: str) -> list[str]:
        """Give the words of every stretch of the source between the two ends of a pattern with one group."""
        found = re.findall(pattern, self.html, re.DOTALL)
        return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", words)).strip() for words in found]


class Reader(HTMLParser):
    """Reads forms, fields, links and words."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.by_id: dict[str, Form] = {}
        self.inside: Form | None = None
        self.select: tuple[Form, str] | None = None
        self.typing: tuple[Form, str] | None = None
        self.silent = False

    def handle_starttag(self, tag: str, attrs) -> None:
        """Note what a tag opens."""
        held = dict(attrs)
        if tag == "form":
            self.inside = self._form(held["id"]) if held.get("id") else Form()
            self.inside.action = held.get("action") or ""
            self.forms.append(self.inside)
        elif tag == "a" and held.get("href"):
            self.links.append(held["href"])
        elif tag in ("script", "style"):
            self.silent = True
        elif tag == "option" and self.select:
            form, name = self.select
            if "selected" in held or name not in form.values:
                form.values[name] = held.get("value") or ""
        else:
            form = self._form(held["form"]) if held.get("form") else self.inside
            if form is not None:
                self._field(tag, held, form)

    def handle_endtag(self, tag: str) -> None:
        """Note what a tag closes."""
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.typing = None
        elif tag in ("script", "style"):
            self.silent = False

    def handle_data(self, data: str) -> None:
        """Keep words, and what stands in a text area."""
        if self.typing:
            form, name = self.typing
            form.values[name] = (form.values[name] + data).removeprefix("\n")
        elif not self.silent:
            self.words.append(data)

    def _form(self, name: str) -> Form:
        """Find a form by its id; its fields may stand before it."""
        return self.by_id.setdefault(name, Form())

    def _field(self, tag: str, held: dict, form: Form) -> None:
        name = held.get("name") or ""
        if tag == "button" and "type" not in held:
            form.buttons.add(name)
        if tag not in ("input", "select", "textarea") or not name:
            return
        form.names.add(name)
        if tag == "select":
            self.select = form, name
        elif tag == "textarea":
            self.typing = form, name
            form.values[name] = ""
        elif held.get("type") in ("checkbox", "radio"):
            if "checked" in held:
                form.values[name] = held.get("value") or "on"
        elif held.get("type") != "file":
            form.values[name] = held.get("value") or ""
