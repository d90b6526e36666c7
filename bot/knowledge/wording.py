"""Schema faults in plain Vietnamese: what is wrong with a value, and what is wanted in its place."""

from pydantic_core import ErrorDetails

from bot.knowledge.files import ONE, SEVERAL
from bot.yamlfile import KeyPath

WANTED = {
    "missing": ("thiếu khóa này", "thêm khóa, xem knowledge/README.md"),
    "extra_forbidden": ("khóa lạ", "xem lại chính tả của khóa, hoặc xóa"),
    "string_type": ("cần một dòng chữ", "viết chữ, không viết danh sách"),
    "string_too_long": ("quá dài", "viết ngắn lại"),
    "string_too_short": ("để trống", "ghi nội dung, hoặc xóa khóa"),
    "tuple_type": ("cần một danh sách", "viết mỗi mục một dòng, bắt đầu bằng dấu gạch"),
    "dict_type": ("cần các cặp khóa: giá trị", "xem lại thụt đầu dòng"),
    "model_type": ("cần các cặp khóa: giá trị", "xem lại thụt đầu dòng"),
    "int_type": ("cần một số nguyên", "viết 8000, không viết danh sách"),
    "int_parsing_size": ("số quá lớn", "xem lại số này"),
    "date_type": ("cần một ngày", "viết năm-tháng-ngày, ví dụ 2026-07-18"),
    "float_parsing": ("cần một số", "viết 20.8712, dùng dấu chấm"),
    "float_type": ("cần một số", "viết 20.8712, dùng dấu chấm"),
    "bool_parsing": ("cần true hoặc false", "viết true, hoặc xóa khóa"),
    "bool_type": ("cần true hoặc false", "viết true, hoặc xóa khóa"),
    "int_parsing": ("cần một số nguyên", "viết 8000, không viết 8.000 hay 8 nghìn"),
    "too_short": ("danh sách thiếu mục", "thêm mục, hoặc xóa khóa"),
    "too_long": ("danh sách quá nhiều mục", "bớt mục"),
}
FORMS = {
    r"[^\W_]": "cần ít nhất một chữ hay số",
    r"^[0-9]\.[0-9]{6}$": "mã thủ tục có dạng 1.001193, viết trong dấu nháy",
    r"^https://\S+$": "cần một địa chỉ bắt đầu bằng https://",
    r"^[0-9]{2,5}$": "mã đơn vị là 2 đến 5 chữ số, viết trong dấu nháy",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "chỉ dùng chữ thường không dấu, số và gạch nối",
}


def fault_words(detail: ErrorDetails) -> tuple[KeyPath, str, str]:
    """(path, problem, mend) for one of pydantic's errors."""
    path = tuple(part for part in detail["loc"] if part not in (ONE, SEVERAL))
    kind, context = detail["type"], detail.get("ctx", {})
    value = " ".join(detail["input"].split())[:40] if isinstance(detail["input"], str) else ""
    if kind == "string_pattern_mismatch":
        return path, _problem("sai dạng", value, detail), FORMS.get(str(context["pattern"]), "xem knowledge/README.md")
    if kind == "enum":
        known = str(context["expected"]).replace(" or ", ", ")
        return path, _problem("không có giá trị này", value, detail), f"dùng một trong: {known}"
    if kind.startswith("date"):
        return path, _problem("cần một ngày", value, detail), "viết năm-tháng-ngày, ví dụ 2026-07-18"
    if kind == "value_error":
        return path, *context["error"].args
    if kind in ("greater_than_equal", "less_than_equal"):
        return path, f"số ngoài khoảng cho phép: {value}", f"giới hạn: {context.get('ge', context.get('le'))}"
    problem, mend = WANTED.get(kind, (detail["msg"], "xem knowledge/README.md"))
    return path, f"{problem}: {value}" if value and kind.endswith("parsing") else problem, mend


def _problem(words: str, value: str, detail: ErrorDetails) -> str:
    return "để trống" if detail["input"] == "" else f"{words}: {value}"
