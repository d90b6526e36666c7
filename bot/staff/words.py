"""What staff read for what is stored: states, kinds, outcomes, reasons, deeds."""

from collections.abc import Mapping

from bot.answers import Outcome, Reason
from bot.roles import Role

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


def said(table: Mapping[str, str], key: str | None) -> str:
    """The words for a stored value; one that is not known (yet) is shown as it is."""
    return table.get(key, key) if key else ""
