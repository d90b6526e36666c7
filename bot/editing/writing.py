"""New values written as YAML in the manner of the shipped files: short things on one line, texts plain where possible.

Every text is written so that any YAML reader takes it for that text; whole numbers and dates stay bare.
"""

import re

from bot.yamlfile import Node

BARE_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER_LIKE = re.compile(r"[-+]?[0-9.][0-9a-fxo_.,:eE+-]*|[-+]?\.(inf|nan)", re.IGNORECASE)
WORD_LIKE = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
FIRST = re.compile(r"[^\W_]|\(")
FLOW_SIGNS = re.compile(r"[\[\]{},:?]")
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
SHORT_LIST = 80  # characters up to which a list of texts stands on one line
SHORT_MAPPING = 120  # and a mapping of texts


def scalar(text: str, flow: bool = False, quoted: bool = False) -> str:
    """One text; plain if it may be: `8000`, `"1.001193"`, `"no"`, `Giấy ủy quyền`, `"Hai câu: một, hai"`."""
    return f'"{"".join(map(_escaped, text))}"' if quoted or not _plain(text, flow) else text


def _plain(text: str, flow: bool) -> bool:
    if BARE_NUMBER.fullmatch(text):
        return True
    clever = NUMBER_LIKE.fullmatch(text) or text.lower() in WORD_LIKE or (flow and FLOW_SIGNS.search(text))
    shaped = FIRST.match(text) and text.isprintable() and text == text.strip()
    return bool(shaped) and not clever and ": " not in text and " #" not in text and not text.endswith(":")


def _escaped(letter: str) -> str:
    if letter in ESCAPES:
        return ESCAPES[letter]
    if letter.isprintable():
        return letter
    return f"\\u{ord(letter):04X}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08X}"


def one_line(value: Node) -> str:
    """A value in flow style: `{name: Lệ phí, amount: 8000, channels: [trực tiếp, bưu chính]}`."""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, list):
        return f"[{', '.join(map(one_line, value))}]"
    return f"{{{', '.join(f'{scalar(key, flow=True)}: {one_line(child)}' for key, child in value.items())}}}"


def after_key(value: Node, indent: int, flow: bool | None = None) -> str:
    """What follows `key:` when the key stands at column `indent`; lines are joined by \\n, without the last one."""
    if isinstance(value, str):
        return f" {scalar(value)}"
    if _on_one_line(value, SHORT_LIST if isinstance(value, list) else SHORT_MAPPING, flow):
        return f" {one_line(value)}"
    return "\n" + " " * (indent + 2) + block(value, indent + 2)


def after_dash(value: Node, indent: int, flow: bool | None = None) -> str:
    """What follows `- ` when the dash stands at column `indent`."""
    if isinstance(value, str):
        return scalar(value)
    return one_line(value) if _on_one_line(value, 2 * SHORT_MAPPING, flow) else block(value, indent + 2)


def block(value: list[Node] | dict[str, Node], indent: int) -> str:
    """A mapping or list in block style, its first line without the indent."""
    if isinstance(value, list):
        lines = [f"- {after_dash(item, indent)}" for item in value]
    else:
        lines = [f"{scalar(key, flow=True)}:{after_key(child, indent)}" for key, child in value.items()]
    return ("\n" + " " * indent).join(lines)


def _on_one_line(value: list[Node] | dict[str, Node], limit: int, flow: bool | None) -> bool:
    if not value:
        return True
    children = value if isinstance(value, list) else list(value.values())
    deep = [child for child in children if not isinstance(child, str)]
    flat = not any(isinstance(part, dict) or any(not isinstance(p, str) for p in part) for part in deep)
    wanted = len(one_line(value)) <= limit if flow is None else flow
    return flat and wanted and not (isinstance(value, list) and deep)
