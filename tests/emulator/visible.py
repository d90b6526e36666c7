"""What a reader sees of a text; apart from the rules, whose libraries are large, for tests that need nothing else."""

import html
import re

TAG = re.compile(r"<[^<>]*>")


def visible(text: str, parse_mode: object) -> str:
    """The text as the reader sees it; Markdown is left as it is."""
    if str(parse_mode).upper() != "HTML":
        return text
    return html.unescape(TAG.sub("", text))
