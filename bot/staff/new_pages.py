"""A new entry or guide: begun from a line of the catalogue or from nothing, for a group of questions or for none."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.catalogue import Listed
from bot.curation.adding import Drawers
from bot.curation.schemas import explained
from bot.errors import MotCuaError
from bot.review.edits import Edit, NewEntry
from bot.review.proposals import begun, begun_guide, fields_of, file_of, listed
from bot.roles import Right
from bot.staff.doors import Door, Visit, get, post
from bot.staff.sheets import Sheet, group, opened, own, sent, still_open, ticket_of
from bot.storage import Ticket

LONGEST_SEARCH = 200  # characters
LONGEST_FIELD = 80
MOST_PHRASES = 5  # wordings of a group that a new entry begins with
EMPTY, GUIDE = "trong", "huong-dan"  # what is begun in place of a line of the catalogue
FOLDERS = {EMPTY: "procedures", GUIDE: "guides"}
NO_LINE = "Không có dòng này trong danh mục. Hãy quay lại và chọn dòng khác, hoặc bắt đầu từ khung trống."
NO_FIELD = "Hãy chọn lĩnh vực của mục mới, hoặc ghi tên một lĩnh vực mới."
TWO_FIELDS = "Hãy chọn một lĩnh vực có sẵn, hoặc ghi tên lĩnh vực mới: không ghi cả hai."


def new(visit: Visit) -> Response:
    """Where a new entry begins: a line of the catalogue, an empty procedure, or a guide."""
    own(visit)
    chosen, ticket = visit.asked.text("tu"), ticket_of(visit)
    still_open(visit, ticket)
    if chosen:
        return opened(visit, _begun(visit, chosen, ticket))
    words = visit.asked.text("chu")[:LONGEST_SEARCH] or (ticket.wording[:LONGEST_SEARCH] if ticket else "")
    found = listed(visit.site.desk.brain, words) if words else []
    has_catalogue = bool(visit.site.desk.brain.catalogue.by_id)
    return visit.page("new.html", 200, ticket=ticket, words_typed=words, found=found, has_catalogue=has_catalogue)


def new_sent(visit: Visit) -> Response:
    """What was made of a new entry."""
    own(visit)
    form = visit.form
    folder = FOLDERS.get(form.text("loai"), FOLDERS[EMPTY])
    field = " ".join(form.text("field")[:LONGEST_FIELD].split())
    return sent(visit, _sheet(visit, folder, form.whole("text"), form.text("file"), field))


def _begun(visit: Visit, chosen: str, ticket: Ticket | None) -> Sheet:
    """The editor with what is known before anybody types."""
    drawers, words = Drawers(visit.site.stage.folder), visit.asked.text("chu")[:LONGEST_SEARCH]
    name, asked = words[:1].upper() + words[1:], _wordings(visit, ticket)
    if chosen == GUIDE:
        return _sheet(visit, FOLDERS[GUIDE], begun_guide(drawers, name, asked))
    if chosen == EMPTY:
        return _sheet(visit, FOLDERS[EMPTY], begun(drawers, Listed("", name), asked))
    line = visit.site.desk.brain.catalogue.by_id.get(chosen)
    if line is None:
        raise HTTPException(404, NO_LINE)
    text, where = begun(drawers, line, asked), drawers.of_field(line.field)
    if where:
        return _sheet(visit, FOLDERS[EMPTY], text, where.relative_to(drawers.folder).as_posix())
    return _sheet(visit, FOLDERS[EMPTY], text, field=line.field.partition(";")[0].strip()[:LONGEST_FIELD])


def _wordings(visit: Visit, ticket: Ticket | None) -> list[str]:
    """What people asked in a group: the entry answers nobody whose question it does not know."""
    asked = visit.site.tickets.wordings(ticket.id) if ticket else []
    return [one.question for one in asked if one.question and len(one.question) <= LONGEST_SEARCH][:MOST_PHRASES]


def _sheet(visit: Visit, folder: str, text: str, file: str = "", field: str = "") -> Sheet:
    ticket, files = ticket_of(visit), fields_of(visit.site.stage.folder, folder)
    question = ticket.wording if ticket else None

    def edit(typed: str) -> Edit:
        if bool(file) == bool(field):
            raise MotCuaError(TWO_FIELDS if file else NO_FIELD)
        return NewEntry(typed, file or file_of(files, folder, field), field, question)

    return Sheet(
        title="Soạn bài hướng dẫn mới" if folder == FOLDERS[GUIDE] else "Soạn thủ tục mới",
        action="/muc-moi",
        back=f"/nhom/{ticket.id}" if ticket else "/tri-thuc",
        text=text,
        edit=edit,
        about=lambda typed: NewEntry(typed, folder).entry,
        ticket=ticket,
        keys=explained(f"{folder}/x.yaml"),
        kept={"loai": next(kind for kind, known in FOLDERS.items() if known == folder), **group(ticket)},
        files=files,
        file=file,
        field=field,
    )


DOORS: tuple[Door, ...] = (
    get("/muc-moi", new, Right.EDIT),
    post("/muc-moi", new_sent, Right.EDIT),
)
