"""Keys and values of the base in words that staff read."""

from bot.editing.writing import one_line
from bot.yamlfile import KeyPath, Node

KEYS = {
    "abbreviations": "chữ tắt",
    "address": "địa chỉ",
    "allowed": "được đi thay",
    "amount": "số tiền",
    "at": "vị trí",
    "authority": "cơ quan giải quyết",
    "cases": "trường hợp",
    "channels": "cách nộp",
    "checked_on": "ngày đọc nguồn",
    "code": "mã",
    "common": "mục ở màn hình đầu",
    "communes": "các xã",
    "confidence": "độ tin cậy",
    "copy": "bản chính hay bản sao",
    "count": "số bản",
    "deadline": "hạn phải làm",
    "document": "số hiệu văn bản",
    "documents": "giấy tờ",
    "districts": "huyện, quận cũ",
    "doubt": "điều chưa chắc",
    "effective_from": "có hiệu lực từ",
    "effective_until": "hết hiệu lực sau ngày",
    "english": "tiếng Anh",
    "entries": "các mục",
    "equivalent_codes": "mã tương đương",
    "events": "việc trong đời",
    "exempt": "ai được miễn",
    "expect": "mục phải trả lời",
    "facets": "phần được hỏi",
    "fee": "lệ phí",
    "field": "lĩnh vực",
    "fields": "các lĩnh vực",
    "form": "mẫu",
    "former_codes": "mã cũ",
    "guides": "hướng dẫn",
    "handles": "nhận việc gì",
    "hours": "giờ làm việc",
    "id": "id",
    "issued_on": "ngày ban hành",
    "items": "dòng",
    "kind": "loại",
    "label": "câu trả lời",
    "late": "khi quá hạn",
    "laws": "văn bản",
    "legal_basis": "căn cứ pháp lý",
    "level": "cấp",
    "lines": "câu",
    "name": "tên",
    "names": "tên không cắt đôi",
    "note": "ghi chú",
    "notes": "lưu ý",
    "now": "nay thuộc",
    "number": "số hiệu",
    "offices": "nơi nộp",
    "official_name": "tên chính thức",
    "one_stop": "trung tâm phục vụ hành chính công",
    "online": "nộp trực tuyến",
    "options": "lựa chọn",
    "origin": "nơi đọc",
    "padding": "chữ đệm",
    "per": "tính theo",
    "phone": "điện thoại",
    "phrases": "cách hỏi",
    "place": "nơi nộp hồ sơ",
    "portal_url": "trang trên cổng",
    "procedure": "id của mục",
    "procedures": "thủ tục",
    "province": "tỉnh cũ",
    "provinces": "tỉnh, thành phố",
    "proxy": "đi thay",
    "quantity": "bao lâu",
    "question": "câu hỏi",
    "questions": "câu hỏi thử",
    "reason": "lý do",
    "related": "thủ tục liên quan",
    "resolution": "nghị quyết",
    "result": "kết quả",
    "routes": "câu trả lời sẵn",
    "seat": "trụ sở",
    "sections": "phần",
    "senses": "ý trong câu",
    "source": "tên nguồn",
    "sources": "nguồn",
    "steps": "các bước",
    "summary": "tóm tắt",
    "synonyms": "tên gọi khác",
    "text": "nội dung",
    "time_limit": "thời hạn giải quyết",
    "title": "tên",
    "twins": "thủ tục dễ nhầm",
    "unit": "đơn vị",
    "units": "xã, phường cũ",
    "unknown": "điều chưa biết",
    "url": "địa chỉ trang",
    "wards": "các phường",
    "validity": "giá trị sử dụng",
    "weak": "chữ ít phân biệt",
    "when": "khi nào",
    "who": "ai làm",
    "zones": "các đặc khu",
}
LONGEST = 200  # characters of a value that are shown


def key_words(path: KeyPath) -> str:
    """A place in words: ("fee", "items", 1, "amount") is "lệ phí, dòng 2, số tiền"."""
    parts: list[str] = []
    for step in path:
        if isinstance(step, int):
            parts[-1:] = [f"{parts[-1] if parts else 'dòng'} {step + 1}"]
        else:
            parts.append(KEYS.get(step, step))
    return ", ".join(parts)


def value_words(value: Node | None) -> str:
    """A value on one line, cut where it is long; "(không có)" for none."""
    if value is None:
        return "(không có)"
    text = " ".join(value.split()) if isinstance(value, str) else one_line(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
