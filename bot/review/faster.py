"""What the slower of two is told: who was faster, when, and what they did."""

from collections.abc import Sequence

from bot.config import OFFICE_TIME
from bot.storage import AuditRow

DEEDS = {
    "ticket.take": "nhận nhóm này",
    "ticket.settle": "giải quyết xong nhóm này",
    "ticket.reopen": "mở lại nhóm này",
    "ticket.move": "chuyển câu hỏi giữa các nhóm",
    "knowledge.edit": "sửa bộ tri thức cho nhóm này",
    "knowledge.undo": "hoàn tác sửa đổi của nhóm này",
}
UNSEEN = "Chưa ghi gì: nhóm câu hỏi này vừa thay đổi. Hãy mở lại nhóm này để xem tình trạng mới."


def faster(history: Sequence[AuditRow]) -> str:
    """The last deed in the history of a ticket, in words."""
    if not history:
        return UNSEEN
    last = history[-1]
    deed = DEEDS.get(last.what, "sửa nhóm này")
    at = last.at.astimezone(OFFICE_TIME)
    return f"Chưa ghi gì: {last.who} vừa {deed} lúc {at:%H:%M}. Hãy mở lại nhóm này để xem tình trạng mới."
