"""What staff read for what is stored: states, kinds, outcomes, reasons, deeds."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import bot.figures.rows as counted
from bot.answers import Outcome, Reason
from bot.roles import Role


class Given(Protocol):
    """What a question gets: the outcome, and what is shown."""

    @property
    def outcome(self) -> Outcome:
        """What comes of it."""
        ...

    @property
    def shown(self) -> Sequence[str]:
        """Ids of what is answered or offered."""
        ...


ROLES = {
    Role.VIEWER: "chỉ đọc nhật ký đã che và hàng đợi",
    Role.EDITOR: "sửa bộ tri thức, xử lý hàng đợi",
    Role.ADMIN: "thêm việc quản lý cán bộ, thông báo, tạm dừng",
}
STATES = {"new": "Mới", "taken": "Đang xử lý", "done": "Xong", "ignored": "Bỏ qua"}
KINDS = {"question": "Chưa trả lời được", "disputed": "Bị báo sai"}
OUTCOMES: Mapping[str, str] = {
    Outcome.ANSWER: "đã trả lời",
    Outcome.CHOOSE: "đưa ra để chọn",
    Outcome.UNKNOWN: "chưa trả lời được",
    Outcome.ROUTE: "không phải câu hỏi thủ tục",
    Outcome.FOREIGN: "tiếng nước ngoài",
}
REASONS: Mapping[str, str] = {
    Reason.DIRECT: "chắc chắn về một thủ tục",
    Reason.CODE: "câu hỏi có mã thủ tục",
    Reason.FOLLOW_UP: "hỏi tiếp về thủ tục vừa xem",
    Reason.CHOICE: "vài thủ tục gần như nhau",
    Reason.DECIDING_QUESTION: "cần hỏi lại một điều",
    Reason.SEVERAL: "câu hỏi có nhiều phần",
    Reason.NO_MATCH: "không thủ tục nào đủ gần",
    Reason.NO_PROCEDURE: "câu hỏi không nói về việc gì",
    Reason.EMPTY: "không có chữ",
    Reason.OFF_TOPIC: "ngoài thủ tục hành chính",
    Reason.GREETING: "chào hỏi",
    Reason.THANKS: "cảm ơn",
    Reason.ABUSE: "lời thô tục",
    Reason.EMERGENCY: "khẩn cấp",
    Reason.OWN_FILE: "hỏi hồ sơ của riêng mình",
    Reason.PLACE: "hỏi về một xã, phường",
    Reason.COURT: "việc của tòa án",
    Reason.ABOUT: "hỏi về bot",
    Reason.LANGUAGE: "không viết bằng tiếng Việt",
    "erased": "đã xóa theo yêu cầu của người hỏi",
}
SWITCHES = {"banner": "Thông báo khẩn", "pause": "Tạm dừng bot"}

SUBJECTS = {"staff": "cán bộ", "ticket": "nhóm", "edit": "sửa đổi"}
SWITCH_HELP = {
    "banner": "Lời này đứng trên mọi câu trả lời của bot, cho đến khi tắt. Ví dụ: hệ thống dịch vụ công đang bảo trì.",
    "pause": "Bot chỉ nói lời này và không trả lời gì khác, trừ các số khẩn cấp, cho đến khi tắt.",
}
QUEUE_KINDS = {"chua-tra-loi": "Chưa trả lời được", "bao-sai": "Bị báo sai"}
QUEUE_STATES = {"moi": "Mới", "dang-xu-ly": "Đang xử lý", "xong": "Xong", "bo-qua": "Bỏ qua"}
EMPTY_QUEUE = {
    "moi": "Không còn nhóm mới nào. Mọi câu hỏi đã có người nhận hoặc đã xong.",
    "dang-xu-ly": "Chưa ai nhận nhóm nào.",
    "xong": "Chưa có nhóm nào xử lý xong.",
    "bo-qua": "Chưa có nhóm nào bị bỏ qua.",
}
SETTLED = {
    "phrase": "đã thêm làm cách hỏi của mục",
    "entry": "đã có mục mới",
    "edit": "đã sửa mục",
    "words": "đã trả lời bằng tay",
    "ignored": "bỏ qua",
}
IGNORE_REASONS = ("Không thuộc thủ tục hành chính", "Không hiểu được câu hỏi", "Hỏi thử, không có nội dung")
WHY, PUSHES = counted.WHY, counted.SENT
DEEDS: Mapping[str, str] = {
    "ticket.take": "nhận việc",
    "ticket.reopen": "mở lại, trả về hàng đợi",
    "ticket.settle": "xử lý xong",
    "ticket.move": "chuyển câu hỏi sang",
    "staff.add": "thêm hoặc đổi vai trò",
    "staff.remove": "gỡ",
    "switch.set": "bật hoặc đổi lời",
    "switch.clear": "tắt",
    "knowledge.edit": "ghi vào bộ tri thức",
    "knowledge.undo": "hoàn tác ở bộ tri thức",
    "log.export": "tải nhật ký câu hỏi",
}
DEED_FAMILIES = {
    "ticket.": "nhóm câu hỏi",
    "knowledge.": "bộ tri thức",
    "staff.": "cán bộ",
    "switch.": "thông báo, tạm dừng",
    "log.": "tải nhật ký",
}


def said(table: Mapping[str, str], key: str | None) -> str:
    """The words for a stored value; one that is not known (yet) is shown as it is."""
    return table.get(key, key) if key else ""


def given(what: Given, name: Callable[[str], str]) -> str:
    """What a question gets, in a few words: "Đăng ký tạm trú", "chọn: … / …", "chưa trả lời được"."""
    shown = " / ".join(map(name, what.shown))
    if what.outcome is Outcome.ANSWER:
        return shown
    return f"chọn: {shown}" if what.outcome is Outcome.CHOOSE else said(OUTCOMES, what.outcome)


def state(kept: str) -> str:
    """What the audit keeps of a ticket: "done, phrase, tam-tru" is "Xong, đã thêm làm cách hỏi của mục, tam-tru"."""
    return ", ".join(said({**SETTLED, **STATES}, part) for part in kept.split(", "))


def subject(key: str) -> str:
    """What the audit tells of: "staff:501" is "cán bộ 501"."""
    kind, _, name = key.partition(":")
    return SWITCHES.get(name, name) if kind == "switch" else f"{SUBJECTS.get(kind, kind)} {name}"
