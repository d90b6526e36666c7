"""The editors: an entry or guide, and any other file of the base."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.curation.schemas import explained
from bot.editing.folder import names
from bot.errors import MotCuaError
from bot.review.edits import EditEntry, EditFile, digest
from bot.review.places import Place, place_of
from bot.roles import Right
from bot.staff.doors import Door, Visit, get, post
from bot.staff.sheets import Sheet, group, opened, own, sent, ticket_of

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
        kept={"seen": seen, **group(ticket)},
    )


def _place(visit: Visit, name: str) -> Place:
    try:
        return place_of(visit.site.stage.folder, name)
    except MotCuaError as error:
        raise HTTPException(404, str(error)) from error


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


def _purpose(name: str) -> str:
    return PURPOSES.get(name) or PURPOSES.get(name.partition("/")[0], "")


DOORS: tuple[Door, ...] = (
    get("/muc/{entry}/sua", entry, Right.EDIT),
    post("/muc/{entry}/sua", entry_sent, Right.EDIT),
    get("/tep", files, Right.EDIT),
    get("/tep/sua", file, Right.EDIT),
    post("/tep/sua", file_sent, Right.EDIT),
)
