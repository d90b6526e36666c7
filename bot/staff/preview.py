"""What citizens will see: the very replies of the bot, made of a base as it is or as somebody is about to change it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from bot.catalogue import EMPTY
from bot.desk import Desk
from bot.editing.folder import as_changed
from bot.errors import MotCuaError
from bot.knowledge import Knowledge
from bot.places import Gazetteer, Scope
from bot.replies import Reply, Show, Speaker, told, told_places
from bot.review.edits import Edit, own_base
from bot.review.stage import Stage

MOST = 12  # changed messages that are shown
KEPT_ID = "Mục này phải giữ nguyên id: {entry}. Muốn đổi id thì soạn mục mới rồi bỏ mục cũ."


@dataclass(frozen=True)
class Message:
    """One message of the bot under the words that lead to it: the name of an entry or commune, the label of a button.

    `before` is what stands there now, where that is another one.
    """

    title: str
    reply: Reply
    before: Reply | None = None


def changed_base(stage: Stage, edit: Edit) -> Knowledge:
    """The base with an edit, read from a copy; its faults are raised with file, line, key and the wanted form."""
    own_base(stage.folder)
    with as_changed(stage.folder, edit.changes(stage)) as copy:
        return stage.knowledge(copy)


def messages(desk: Desk, knowledge: Knowledge, entry: str) -> list[Message]:
    """All that the bot tells of an entry or guide: first what a question gets, then what each of its buttons brings."""
    if entry not in knowledge.by_id and entry not in knowledge.guides_by_id:
        raise MotCuaError(KEPT_ID.format(entry=entry))
    return [Message(title, reply) for title, reply in _told(_speaker(desk, knowledge), entry).items()]


def differing(desk: Desk, old: Knowledge, new: Knowledge) -> tuple[list[Message], int]:
    """The first messages that a change of the base makes others, and how many there are, of entries and communes."""
    before, after = (_everything(_speaker(desk, base)) for base in (old, new))
    found = [Message(title, now, was) for title, now in after.items() if (was := before.get(title)) != now]
    return list(islice(found, MOST)), len(found)


def _speaker(desk: Desk, knowledge: Knowledge) -> Speaker:
    return replace(desk.speaker("vi"), knowledge=knowledge)


def _everything(speaker: Speaker) -> Mapping[str, Reply]:
    names = [*speaker.knowledge.by_id, *speaker.knowledge.guides_by_id]
    told_of = {f"{name}: {title}": reply for name in names for title, reply in _told(speaker, name).items()}
    return told_of | dict(_communes(speaker))


def _told(speaker: Speaker, entry: str) -> dict[str, Reply]:
    first = told(speaker, EMPTY, Show(entry))
    named = speaker.knowledge.by_id.get(entry) or speaker.knowledge.guides_by_id[entry]
    shown = [(button.label, button.action) for button in first.flat_buttons() if isinstance(button.action, Show)]
    behind = {label: told(speaker, EMPTY, action) for label, action in shown if action.facets}
    return {speaker.name(named): first, **behind}


def _communes(speaker: Speaker) -> Iterator[tuple[str, Reply]]:
    for place in Gazetteer(speaker.knowledge.units).places.values():
        if place.scope is Scope.NEW:
            yield place.title, told_places(speaker, [place])
