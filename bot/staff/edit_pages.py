"""The editors: an entry or guide, a new one begun from the catalogue, and any other file of the base."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.catalogue import Listed
from bot.curation.adding import Drawers
from bot.curation.schemas import explained
from bot.editing.folder import names
from bot.errors import MotCuaError
from bot.review.edits import EditEntry, EditFile, NewEntry, digest
from bot.review.places import Place, place_of
from bot.review.proposals import begun, begun_guide, listed
from bot.roles import Right
from bot.staff.doors import Door, Visit, get, post
from bot.staff.sheets import Sheet, opened, own, sent, ticket_of
from bot.storage import Ticket

LONGEST_SEARCH = 200  # characters
GUIDE = "huong-dan"  # begins a guide in place of a procedure
HOLDING = ("procedures/", "guides/")  # folders whose files hold entries
NO_FILE = "Không có tệp này trong bộ tri thức. Hãy chọn trong danh sách tệp."
PURPOSES = {
    "offices.yaml": "Nơi nhận hồ sơ: tên, ai làm, giờ làm việc, điện thoại.",
    "units": "Xã, phường, đặc khu: trụ sở, nơi nhận hồ sơ, giờ làm việc của từng nơi.",
    "local": "Điều riêng của địa phương: lệ phí, thời hạn, nơi nộp khác bản chung.",
    "lexicon.yaml": "Từ đồng nghĩa, viết tắt, tiếng lóng mà bot hiểu.",
    "routes.yaml": "Câu không phải hỏi thủ tục (chào hỏi, khẩn cấp, tòa án …) và lời đáp.",
    "procedures": "Thủ tục, mỗi lĩnh vực một tệp.",
    "guides": "Bài hướng dẫn.",
    "questions": "Câu hỏi thử: kb test hỏi lại mỗi lần sửa.",
    "laws.yaml": "Văn bản pháp luật được dẫn.",
    "sources.yaml": "Các nơi đã đọc thông tin.",
    "menu.yaml": "Danh mục theo lĩnh vực và theo việc trong đời.",
}


def entry(visit: Visit) -> Response:
    """The editor of an entry or guide."""
    return opened(visit, _entry(visit))


def entry_sent(visit: Visit) -> Response:
    """What was made of an entry or guide."""
    return sent(visit, _entry(visit))


def new(visit: Visit) -> Response:
    """Where a new entry begins: a line of the catalogue, an empty procedure, or a guide."""
    own(visit)
    chosen, ticket = visit.asked.text("tu"), ticket_of(visit)
    if chosen:
        return opened(visit, _new(visit, *_begun(visit, chosen)))
    words = visit.asked.text("chu")[:LONGEST_SEARCH] or (ticket.wording[:LONGEST_SEARCH] if ticket else "")
    found = listed(visit.site.desk.brain, words) if words else []
    has_catalogue = bool(visit.site.desk.brain.catalogue.by_id)
    return visit.page("new.html", 200, ticket=ticket, words_typed=words, found=found, has_catalogue=has_catalogue)


def new_sent(visit: Visit) -> Response:
    """What was made of a new entry."""
    return sent(visit, _new(visit, visit.form.whole("text"), visit.form.text("file")))


def files(visit: Visit) -> Response:
    """All files of the base, with what each is for."""
    own(visit)
    order = list(PURPOSES.values())
    rows = [(name, purpose) for name in _names(visit) if name.endswith(".yaml") and (purpose := _purpose(name))]
    groups = {purpose: [name for name, known in rows if known == purpose] for purpose in order}
    return visit.page("files.html", 200, groups={purpose: kept for purpose, kept in groups.items() if kept})


def file(visit: Visit) -> Response:
    """The editor of a whole file."""
    return opened(visit, _file(visit, visit.asked.whole("ten")))


def file_sent(visit: Visit) -> Response:
    """What was made of a whole file."""
    return sent(visit, _file(visit, visit.form.text("ten")))


def _entry(visit: Visit) -> Sheet:
    name, ticket = str(visit.request.path_params["entry"]), ticket_of(visit)
    place = _place(visit, name)
    seen = visit.form.text("seen") or digest(place.raw)
    return Sheet(
        title=f"Sửa: {visit.site.desk.name_of(name)}",
        action=f"/muc/{name}/sua",
        back=f"/nhom/{ticket.id}" if ticket else f"/muc/{name}",
        text=visit.form.whole("text") if visit.form.fields else place.text,
        edit=lambda text: EditEntry(name, text, seen),
        about=lambda _text: name,
        ticket=ticket,
        keys=explained(place.name),
        kept={"seen": seen, **_of(ticket)},
    )


def _place(visit: Visit, name: str) -> Place:
    try:
        return place_of(visit.site.stage.folder, name)
    except MotCuaError as error:
        raise HTTPException(404, str(error)) from error


def _new(visit: Visit, text: str, file: str) -> Sheet:
    ticket = ticket_of(visit)
    question = ticket.wording if ticket else None
    return Sheet(
        title="Soạn mục mới",
        action="/muc-moi",
        back=f"/nhom/{ticket.id}" if ticket else "/tri-thuc",
        text=text,
        edit=lambda typed: NewEntry(typed, file, question=question),
        about=lambda typed: NewEntry(typed, file).entry,
        ticket=ticket,
        keys=explained(file),
        kept=_of(ticket),
        files=tuple(name for name in _names(visit) if name.startswith(HOLDING) and name.endswith(".yaml")),
        file=file,
    )


def _begun(visit: Visit, chosen: str) -> tuple[str, str]:
    """The text that a new entry begins with, and the file where it belongs."""
    drawers = Drawers(visit.site.stage.folder)
    line = visit.site.desk.brain.catalogue.by_id.get(chosen)
    words = visit.asked.text("chu")[:LONGEST_SEARCH]
    if chosen == GUIDE:
        guides = (name for name in _names(visit) if name.startswith("guides/"))
        return begun_guide(drawers, words), next(guides, "guides/huong-dan.yaml")
    where = drawers.of_field(line.field) if line else None
    first = next(name for name in _names(visit) if name.startswith("procedures/"))
    file = where.relative_to(drawers.folder).as_posix() if where else first
    return begun(drawers, line or Listed("", words, "", "", "")), file


def _file(visit: Visit, name: str) -> Sheet:
    if name not in _names(visit) or not name.endswith(".yaml"):
        raise HTTPException(404, NO_FILE)
    raw = (visit.site.stage.folder / name).read_bytes()
    seen = visit.form.text("seen") or digest(raw)
    return Sheet(
        title=f"Sửa tệp {name}",
        action="/tep/sua",
        back="/tep",
        text=visit.form.whole("text") if visit.form.fields else raw.decode("utf-8-sig", "replace"),
        edit=lambda text: EditFile(name, text, seen),
        keys=explained(name),
        kept={"seen": seen, "ten": name},
    )


def _names(visit: Visit) -> list[str]:
    return names(visit.site.stage.folder)


def _of(ticket: Ticket | None) -> dict[str, str]:
    return {"nhom": str(ticket.id)} if ticket else {}


def _purpose(name: str) -> str:
    return PURPOSES.get(name) or PURPOSES.get(name.partition("/")[0], "")


DOORS: tuple[Door, ...] = (
    get("/muc/{entry}/sua", entry, Right.EDIT),
    post("/muc/{entry}/sua", entry_sent, Right.EDIT),
    get("/muc-moi", new, Right.EDIT),
    post("/muc-moi", new_sent, Right.EDIT),
    get("/tep", files, Right.EDIT),
    get("/tep/sua", file, Right.EDIT),
    post("/tep/sua", file_sent, Right.EDIT),
)
