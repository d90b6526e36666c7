"""Finding without a question: the first screen, lists by life event and by field, what a search found."""

from collections.abc import Iterable, Sequence

from bot.catalogue import Catalogue
from bot.matching import ROUTE_PREFIX, Ranking
from bot.phrases import ENGLISH
from bot.phrases.browsing import browsing
from bot.procedures import Facet, Guide, Procedure
from bot.replies.blocks import Browse, Button, By, Line, Reply, Show, line
from bot.replies.cards import LABEL
from bot.replies.catalogued import button_label
from bot.replies.compose import welcome
from bot.replies.silence import Voice
from bot.replies.telling import Speaker
from bot.text import fold

PAGE = 8  # buttons of a page, beside those that turn it
FOUND = 8  # what a search shows at most ...
LISTED = 3  # ... and so many of them are kept for the catalogue where it has any
SAYS = 0.5  # the share of a search's weight that an entry must say
SLUG = 40  # characters of a field's name in a button
SHOWN_WORDS = 60  # characters of a search that are said again
Item = tuple[str, str]  # an id, and what its button says


def first_screen(speaker: Speaker, voice: Voice, note: str | None = None) -> Reply:
    """What the bot is and is not, what many people ask for as buttons, and the way to the list; `note` goes first."""
    say, words = speaker.say, browsing(speaker.say)
    common = _items(speaker, speaker.knowledge.menu.common)
    lines = [line(note)] if note else []
    lines += [*welcome(say, voice).lines, *([line(words.common)] if common else [])]
    return Reply(tuple(lines), (*_shown(common, ()), (_list(speaker),)))


def browsed(speaker: Speaker, action: Browse) -> Reply | None:
    """The list of life events or fields, or the entries of one, a page at a time; None where no such one is known.

    A page that is no more (the base has changed since the button was sent) is the last one there is.
    """
    return _within(speaker, action) if action.name else _all(speaker, action)


def whole_list(speaker: Speaker) -> Reply:
    """The list that one starts from."""
    return _all(speaker, Browse(_first(speaker)))


def found(speaker: Speaker, catalogue: Catalogue, words: str, ids: Sequence[str], facets: tuple[Facet, ...]) -> Reply:
    """What a search found, as buttons, nothing decided."""
    say = browsing(speaker.say)
    items = _items(speaker, ids, catalogue)
    told = words if len(words) <= SHOWN_WORDS else words[:SHOWN_WORDS].rstrip() + "…"
    heading = (say.found if items else say.not_found).format(words=told)
    return Reply((line(heading),), (*_shown(items, facets), *(() if items else ((_list(speaker),),))))


def search_hint(speaker: Speaker) -> Reply:
    """How a search is typed."""
    return Reply((line(browsing(speaker.say).search),), ((_list(speaker),),))


def searched(ranking: Ranking) -> tuple[str, ...]:
    """The ids that fit words, best first, at most eight: full entries, then lines of the catalogue."""
    full = [c.id for c in ranking.candidates if not c.id.startswith(ROUTE_PREFIX) and c.coverage >= SAYS]
    listed = [c.id for c in ranking.listed if c.coverage >= SAYS]
    room = FOUND - min(LISTED, len(listed))
    return tuple([*full[:room], *listed][:FOUND])


def brief(reply: Reply, more: str, most: int) -> tuple[Line, ...]:
    """The lines of a reply up to so many characters, the first and the last, which is the source, in any case.

    Where some between them are left out, `more` says so.
    """
    *before, last = reply.lines
    kept: list[Line] = []
    size = 0
    for told in before:
        size += sum(len(span.text) for span in told)
        if kept and size > most:
            return (*kept, line(more), last)
        kept.append(told)
    return (*kept, last)


def slug(name: str) -> str:
    """A field's name in buttons: "Bảo hiểm xã hội, bảo hiểm y tế" is bao-hiem-xa-hoi-bao-hiem-y-te."""
    plain = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(name))
    return "-".join(plain.split())[:SLUG].rstrip("-")


def _all(speaker: Speaker, action: Browse) -> Reply:
    """A page of all life events, or of all fields."""
    items = _events(speaker) if action.by is By.EVENT else _fields(speaker)
    words = browsing(speaker.say)
    other = (words.by_fields, By.FIELD) if action.by is By.EVENT else (words.by_events, By.EVENT)
    heading = words.events if action.by is By.EVENT else words.fields
    targets = [Button(label, Browse(action.by, name)) for name, label in items]
    return _page(speaker, heading, targets, action, Button(other[0], Browse(other[1])))


def _within(speaker: Speaker, action: Browse) -> Reply | None:
    """A page of the entries of one life event or field."""
    words = browsing(speaker.say)
    lists = _events(speaker) if action.by is By.EVENT else _fields(speaker)
    name = dict(lists).get(action.name)
    if name is None:
        return None
    items = _items(speaker, _members(speaker, action))
    back = words.all_events if action.by is By.EVENT else words.all_fields
    heading = words.within.format(name=name, count=len(items))
    targets = [Button(label, Show(entry)) for entry, label in items]
    return _page(speaker, heading, targets, action, Button(back, Browse(action.by)))


def _members(speaker: Speaker, action: Browse) -> Sequence[str]:
    knowledge = speaker.knowledge
    if action.by is By.EVENT:
        return next((event.entries for event in knowledge.menu.events if event.id == action.name), ())
    placed = {**knowledge.fields, **knowledge.guide_fields}
    return [entry for entry, field in placed.items() if slug(field) == action.name]


def _events(speaker: Speaker) -> list[Item]:
    english = speaker.say is ENGLISH
    return [(event.id, event.english if english else event.name) for event in speaker.knowledge.menu.events]


def _fields(speaker: Speaker) -> list[Item]:
    """Fields by slug: those of the menu first, then the others by name."""
    knowledge, english = speaker.knowledge, speaker.say is ENGLISH
    known = {*knowledge.fields.values(), *knowledge.guide_fields.values()}
    first = {field.name: field.english if english else field.name for field in knowledge.menu.fields}
    rest = sorted(known - first.keys(), key=fold)
    return [(slug(name), first.get(name, name)) for name in (*first, *rest)]


def _items(speaker: Speaker, ids: Iterable[str], catalogue: Catalogue | None = None) -> list[Item]:
    """What is known of some ids, with what their buttons say."""
    entries: dict[str, Procedure | Guide] = {**speaker.knowledge.guides_by_id, **speaker.knowledge.by_id}
    items: list[Item] = []
    for name in ids:
        if name in entries:
            items.append((name, shortened(speaker.name(entries[name]))))
        elif catalogue and name in catalogue.by_id:
            items.append((name, button_label(catalogue.by_id[name], LABEL)))
    return items


def shortened(name: str) -> str:
    """A name as a button has room for it, cut between words."""
    return name if len(name) <= LABEL else name[: LABEL - 1].rpartition(" ")[0].rstrip(" ,;(") + "…"


def _shown(items: Iterable[Item], facets: tuple[Facet, ...]) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(label, Show(name, facets)),) for name, label in items)


def _list(speaker: Speaker) -> Button:
    return Button(browsing(speaker.say).see_list, Browse(_first(speaker)))


def _first(speaker: Speaker) -> By:
    return By.EVENT if speaker.knowledge.menu.events else By.FIELD


def _page(speaker: Speaker, heading: str, targets: Sequence[Button], action: Browse, away: Button) -> Reply:
    """One page of buttons, then those that turn it, then the way out."""
    words = browsing(speaker.say)
    pages = max(1, -(-len(targets) // PAGE))
    page = min(action.page, pages - 1)
    turn = [Button(words.before, Browse(action.by, action.name, page - 1))] if page else []
    turn += [Button(words.after, Browse(action.by, action.name, page + 1))] if page + 1 < pages else []
    told = f"{heading} {words.page.format(page=page + 1, pages=pages)}" if pages > 1 else heading
    shown = targets[page * PAGE : (page + 1) * PAGE]
    rows = [*((button,) for button in shown), *([tuple(turn)] if turn else []), (away,)]
    return Reply((line(told, strong=True),), tuple(rows))
