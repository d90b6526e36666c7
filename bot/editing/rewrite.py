"""A YAML text changed in place: only what differs is cut out and sewn in, everything else keeps its very bytes.

ruamel.yaml says where each value stands. Its own writer is not used: it would lay out anew, and move comments in,
lines that nobody touched. What comes out is for `folder` to read back and compare.
"""

import re
from collections.abc import Iterable
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as Placed

from bot.editing import alignment, writing
from bot.yamlfile import Node

COLON = re.compile(r"\s*:")
Pair: TypeAlias = tuple[Placed, Placed]


def rewritten(text: str, wanted: Node) -> str:
    """The text with its values changed to `wanted`; comments, order, quotes and layout of the rest survive."""
    newline = "\r\n" if "\r\n" in text else "\n"
    ended = text if text.endswith("\n") or not text else text + newline
    root = YAML(typ="safe", pure=True).compose(ended)
    if root is None:
        return ended + (writing.block(wanted, 0).replace("\n", newline) + newline if isinstance(wanted, dict) else "")
    surgeon = _Surgeon(ended, newline)
    surgeon.root(root, wanted)
    return surgeon.sewn()


def value_of(node: Placed) -> Node:
    """What a placed node holds, every scalar as its text."""
    if isinstance(node, MappingNode):
        return {str(key.value): value_of(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [value_of(item) for item in node.value]
    return str(node.value)


class _Surgeon:
    """Collects cuts (start, end, new text) while walking; cuts of children are noted before those behind them."""

    def __init__(self, text: str, newline: str) -> None:
        self.text = text
        self.newline = newline
        self.cuts: list[tuple[int, int, str]] = []

    def sewn(self) -> str:
        """The text with all cuts made."""
        parts: list[str] = []
        at = 0
        for start, end, new in sorted(self.cuts, key=lambda cut: cut[:2]):
            parts += [self.text[at:start], new.replace("\n", self.newline)]
            at = max(at, end)
        return "".join([*parts, self.text[at:]])

    def cut(self, start: int, end: int, new: str = "") -> None:
        """Note one cut."""
        self.cuts.append((start, end, new))

    def root(self, node: Placed, wanted: Node) -> None:
        """The whole file."""
        if not self.inside(node, wanted, flow=False):
            self.cut(_start(node), self.end(node), writing.after_dash(wanted, -2, flow=False))

    def inside(self, node: Placed, wanted: Node, flow: bool) -> bool:
        """Change a value within its bounds; False if it must be written anew by whoever holds it."""
        if isinstance(node, MappingNode) and isinstance(wanted, dict) and wanted and node.value:
            return self.mapping(node, wanted)
        if isinstance(node, SequenceNode) and isinstance(wanted, list) and wanted and node.value:
            return self.sequence(node, wanted)
        if isinstance(node, ScalarNode) and isinstance(wanted, str) and not _left_out(node):
            if node.value != wanted:
                new = writing.scalar(wanted, flow, quoted=node.style in ("'", '"'))
                self.cut(_start(node), self.end(node), new)
            return True
        return value_of(node) == wanted

    # Mappings

    def mapping(self, node: MappingNode, wanted: dict[str, Node]) -> bool:
        pairs: list[Pair] = list(node.value)
        keys = [str(key.value) for key, _ in pairs]
        kept = [key in wanted for key in keys]
        if not any(kept):
            return False
        flow = bool(node.flow_style)
        for (key, value), keep in zip(pairs, kept, strict=True):
            if keep and not self.inside(value, wanted[str(key.value)], flow):
                self.value_anew(key, value, wanted[str(key.value)], flow)
        if flow:
            self.flow_parts(
                [(_start(k), self.pair_end(k, v)) for k, v in pairs],
                kept,
                {
                    at: [f"{writing.scalar(k, True)}: {writing.one_line(wanted[k])}" for k in new]
                    for at, new in alignment.new_keys(keys, wanted)
                },
            )
        else:
            self.block_pairs(pairs, kept, wanted)
        return True

    def value_anew(self, key: Placed, value: Placed, wanted: Node, flow: bool) -> None:
        at = self.colon(key)
        new = f" {writing.one_line(wanted)}" if flow else writing.after_key(wanted, key.start_mark.column)
        if new.startswith("\n") and _start(value) > (line_end := self.next_line(at) - len(self.newline)):
            at = line_end  # a comment behind the key stays
        self.cut(at, max(self.pair_end(key, value), at), new if at > _end(key) else f":{new}")

    def block_pairs(self, pairs: list[Pair], kept: list[bool], wanted: dict[str, Node]) -> None:
        column = pairs[0][0].start_mark.column
        keys = [str(key.value) for key, _ in pairs]
        flow = _style(value for _, value in pairs)
        for index, (key, value) in enumerate(pairs):
            if not kept[index]:
                self.without_line(_start(key), self.pair_end(key, value), pairs[index + 1 :])
        for at, new in alignment.new_keys(keys, wanted):
            lines = [
                f"{writing.scalar(k, True)}:{writing.after_key(wanted[k], column, _like(flow, wanted[k]))}" for k in new
            ]
            if at:
                place = self.next_line(self.pair_end(*pairs[at - 1]))
                self.cut(place, place, "".join(f"{' ' * column}{line}\n" for line in lines))
            else:
                self.first_lines(_start(pairs[0][0]), lines, column)

    def first_lines(self, start: int, lines: list[str], column: int) -> None:
        """New keys before the first one, which may share its line with a dash."""
        line = self.line(start)
        if self.text[line:start].strip():
            self.cut(start, start, "".join(f"{new}\n{' ' * column}" for new in lines))
        else:
            self.cut(line, line, "".join(f"{' ' * column}{new}\n" for new in lines))

    def pair_end(self, key: Placed, value: Placed) -> int:
        return self.colon(key) if _left_out(value) else self.end(value)

    def colon(self, key: Placed) -> int:
        """Behind the colon of a key; `{a}` has none."""
        found = COLON.match(self.text, _end(key))
        return found.end() if found else _end(key)

    def without_line(self, start: int, end: int, following: list[Pair]) -> None:
        """Take out whole lines; a first key that shares its line with a dash leaves the dash."""
        line = self.line(start)
        if not self.text[line:start].strip():
            self.cut(line, self.next_line(end))
            return
        bare = following and not self.text[end : _start(following[0][0])].strip()
        self.cut(start, _start(following[0][0]) if bare else end)

    # Lists

    def sequence(self, node: SequenceNode, wanted: list[Node]) -> bool:
        items: list[Placed] = list(node.value)
        old = [value_of(item) for item in items]
        pairs = alignment.pairs(old, wanted)
        both = [(at, to) for at, to in pairs if at is not None and to is not None]
        flow = bool(node.flow_style)
        if not both or (both[0] != (0, 0) and not flow and self.shares_line(node)):
            return False
        for at, to in both:
            if not self.inside(items[at], wanted[to], flow):
                self.item_anew(node, items[at], wanted[to], flow)
        kept = [index in {at for at, _ in both} for index in range(len(items))]
        new: dict[int, list[Node]] = {}
        for number, (old_at, to_new) in enumerate(pairs):
            if old_at is None and to_new is not None:
                new.setdefault(alignment.anchor(pairs[:number]), []).append(wanted[to_new])
        if flow:
            spans = [(self.begin(item), self.end(item)) for item in items]
            self.flow_parts(spans, kept, {at: [writing.one_line(item) for item in added] for at, added in new.items()})
        else:
            self.block_items(node, items, kept, new)
        return True

    def shares_line(self, node: SequenceNode) -> bool:
        """A list in a list, its first dash behind another: `- - a`."""
        return bool(self.text[self.line(_start(node)) : _start(node)].strip())

    def item_anew(self, node: SequenceNode, item: Placed, wanted: Node, flow: bool) -> None:
        written = writing.one_line(wanted) if flow else writing.after_dash(wanted, node.start_mark.column)
        self.cut(self.begin(item), self.end(item), f" {written}" if _left_out(item) else written)

    def block_items(
        self, node: SequenceNode, items: list[Placed], kept: list[bool], new: dict[int, list[Node]]
    ) -> None:
        column = node.start_mark.column
        flow = _style(items)
        spaced = len(items) > 1 and self.blank_before(self.dash_line(items[-1], column))
        for index, item in enumerate(items):
            if not kept[index]:
                line = self.dash_line(item, column)
                after = self.next_line(max(self.end(item), line))
                self.cut(self.line(line - 1) if index and self.blank_before(line) else line, after)
        for at, added in new.items():
            place = self.next_line(self.end(items[at - 1])) if at else self.dash_line(items[0], column)
            lines = [f"{' ' * column}- {writing.after_dash(item, column, _like(flow, item))}\n" for item in added]
            gap = "\n" if spaced else ""
            self.cut(
                place, place, "".join(gap + line for line in lines) if at else "".join(line + gap for line in lines)
            )

    def dash_line(self, item: Placed, column: int) -> int:
        """The start of the line whose dash, at `column`, opens the item."""
        line = self.line(self.begin(item) - 1)
        while line and not (
            self.text[line + column : line + column + 1] == "-" and not self.text[line : line + column].strip(" -")
        ):
            line = self.line(line - 1)
        return line

    # Flow collections

    def flow_parts(self, spans: list[tuple[int, int]], kept: list[bool], new: dict[int, list[str]]) -> None:
        first = kept.index(True)
        for index, (_, end) in enumerate(spans):
            if not kept[index]:
                self.cut(*((spans[index][0], spans[index + 1][0]) if index < first else (spans[index - 1][1], end)))
        for at, parts in new.items():
            if at > first:
                self.cut(spans[at - 1][1], spans[at - 1][1], "".join(f", {part}" for part in parts))
            else:
                self.cut(spans[first][0], spans[first][0], "".join(f"{part}, " for part in parts))

    # Places in the text

    def begin(self, node: Placed) -> int:
        """Where a value begins; ruamel puts one that was left out at the next thing in the text."""
        return len(self.text[: _start(node)].rstrip()) if _left_out(node) else _start(node)

    def end(self, node: Placed) -> int:
        """Where a value's own text ends; blank lines and comments behind it are not its own."""
        if _left_out(node):
            return self.begin(node)
        if isinstance(node, ScalarNode):
            own = self.text[_start(node) : _end(node)]
            return _start(node) + len(own.rstrip() if node.style in ("|", ">") else own)
        if isinstance(node, MappingNode) and node.value and not node.flow_style:
            return self.pair_end(*node.value[-1])
        if isinstance(node, SequenceNode) and node.value and not node.flow_style:
            return max(self.end(node.value[-1]), _start(node) + 1)
        return _end(node)

    def line(self, at: int) -> int:
        return self.text.rfind("\n", 0, max(at, 0)) + 1

    def next_line(self, at: int) -> int:
        return self.text.index("\n", at) + 1

    def blank_before(self, line: int) -> bool:
        return line > 0 and not self.text[self.line(line - 1) : line].strip()


def _left_out(node: Placed) -> bool:
    """A value that nobody wrote: `a:` without anything behind it."""
    return isinstance(node, ScalarNode) and _start(node) == _end(node)


def _start(node: Placed) -> int:
    return int(node.start_mark.index)


def _end(node: Placed) -> int:
    return int(node.end_mark.index)


def _style(values: Iterable[Placed]) -> bool | None:
    """Whether the last mapping among these stands in braces; None where there is none."""
    found = [bool(value.flow_style) for value in values if isinstance(value, MappingNode)]
    return found[-1] if found else None


def _like(flow: bool | None, value: Node) -> bool | None:
    """The style of its neighbours, for a mapping."""
    return flow if isinstance(value, dict) else None
