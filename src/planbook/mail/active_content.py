"""What in a letter's HTML would act: scripts, forms, what is fetched; looked for in tags, never in what is said."""

import re
from html.parser import HTMLParser
from typing import Final

_TAGS: Final = frozenset(("script", "iframe", "object", "embed", "applet", "form", "base", "link"))
_SCRIPT: Final = re.compile(r"(?:java|vb)script:", re.IGNORECASE)
_PASSED_OVER: Final = re.compile(r"[\x00-\x20]")  # browsers read java\nscript: as one word


def find_active_content(html: str) -> str:
    """Return what acts in `html`, in words of HTML; empty where nothing does.

    What a task or a return says may read like a script. Escaped it is text, and no reason to hold the letter back.
    """
    search = _Search()
    search.feed(html)
    search.close()
    return search.found


class _Search(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag in _TAGS:
            self._find(f"<{tag}")
        elif tag == "meta" and "http-equiv" in names:
            self._find("<meta http-equiv")
        for name, value in attrs:
            if name.startswith("on"):
                self._find(f"{name}=")
            elif script := _SCRIPT.match(_PASSED_OVER.sub("", value or "")):
                self._find(script[0])

    def _find(self, what: str) -> None:
        self.found = self.found or what
