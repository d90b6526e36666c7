"""The sheets of the workbook: which part of the base stands on which sheet, and under which heading.

A pattern says where a row's values stand in a unit (an entry, or a file without its entries): `#` is a place in a list,
`*` a name that the office chose. Rows keep the order of lists; what no sheet takes stands on the last one.
"""

from dataclasses import dataclass
from typing import TypeAlias

Place: TypeAlias = tuple[str | int, ...]
Pattern: TypeAlias = tuple[str, ...]
JOINED = -1  # the last step to a list of short texts that stands in one cell
JOIN = "; "
AT, NAME = "#", "*"


@dataclass(frozen=True)
class Column:
    """A heading, and where its values stand."""

    heading: str
    pattern: Pattern
    joined: bool = False
    width: int = 24


@dataclass(frozen=True)
class Sheet:
    """One sheet: a row for each place that the pattern matches in units of its register."""

    title: str
    register: str
    pattern: Pattern
    columns: tuple[Column, ...]
    named: str = ""  # the heading over what `*` stands for
    numbered: str = ""  # the heading over the number of the first `#`; without it, rows are numbered by their order

    @property
    def headings(self) -> tuple[str, ...]:
        """The whole first line."""
        keys = (FILE, self.id_heading) if self.register else (FILE,)
        marks = tuple(heading for heading in (self.named, self.numbered) if heading)
        return (*keys, *marks, *(column.heading for column in self.columns))

    @property
    def id_heading(self) -> str:
        """The heading over the id of the unit."""
        return ID_HEADINGS.get(self.register, ID)


FILE, ID = "Tệp", "Mã mục (id)"
ID_HEADINGS = {"laws": "Số hiệu", "communes": "Mã đơn vị", "provinces": "Mã tỉnh"}
OTHERS = "Phần khác"
OTHER_HEADINGS = (FILE, "Danh sách", ID, "Chỗ", "Loại", "Nội dung")
SHORT, LONG = 14, 60


def _columns(start: Pattern, *columns: tuple[str, str] | tuple[str, str, int]) -> tuple[Column, ...]:
    """Columns below one place; a key that ends with ; is a list in one cell."""
    made = []
    for key, heading, *width in columns:
        path = (*start, *key.removesuffix(";").split("."))
        made.append(Column(heading, path, key.endswith(";"), width[0] if width else 24))
    return tuple(made)


ENTRY = (
    *_columns((), ("code", "Mã thủ tục", SHORT), ("kind", "Loại mục", SHORT), ("name", "Tên thường gọi", LONG)),
    *_columns((), ("official_name", "Tên chính thức", LONG), ("level", "Cấp", SHORT), ("authority", "Cơ quan")),
    *_columns((), ("summary", "Tóm tắt", LONG), ("portal_url", "Trang trên cổng")),
)
STATEMENTS = (
    ("who", "Ai làm", ("text", "nội dung", LONG)),
    ("documents", "Giấy tờ"),
    ("fee", "Lệ phí", ("exempt", "ai được miễn", LONG), ("unknown", "điều chưa biết", LONG)),
    ("time_limit", "Thời hạn", ("note", "ghi chú", LONG)),
    ("deadline", "Hạn phải làm", ("text", "nội dung", LONG), ("late", "khi quá hạn", LONG)),
    ("proxy", "Đi thay", ("allowed", "được không", SHORT), ("text", "nội dung", LONG)),
    ("place", "Nơi nộp", ("text", "nội dung", LONG), ("offices;", "mã cơ quan (cách nhau bằng ;)")),
    ("online", "Trực tuyến", ("level", "mức", SHORT), ("text", "nội dung", LONG), ("url", "trang")),
    ("steps", "Các bước"),
    ("result", "Kết quả", ("text", "nội dung", LONG)),
    ("validity", "Giá trị sử dụng", ("text", "nội dung", LONG)),
    ("legal_basis", "Căn cứ"),
)
DOUBTS: tuple[tuple[str, str], ...] = (("source", "nguồn"), ("doubt", "điều chưa chắc"))
GROUPS = tuple(
    Column(f"{group}: {column.heading}", column.pattern, column.joined, column.width)
    for key, group, *columns in STATEMENTS
    for column in _columns((key,), *DOUBTS, *columns)
)
ENGLISH = _columns((), ("english.name", "Tiếng Anh: tên"), ("english.summary", "Tiếng Anh: tóm tắt", LONG))
CHANNELS = ("channels;", "Cách nộp (cách nhau bằng ;)")
DATES = (("effective_from", "Có hiệu lực từ", SHORT), ("effective_until", "Hết hiệu lực sau ngày", SHORT))
OTHER_CODES = (("code", "Mã", SHORT), ("reason", "Lý do", LONG), ("document", "Văn bản"))
P, G, F = "procedures", "guides", ""  # entries of both kinds; files without their entries
SOURCE = _columns(
    ("sources", NAME),
    ("origin", "Nơi đọc"),
    ("document", "Văn bản"),
    ("confidence", "Độ tin cậy", SHORT),
    ("checked_on", "Ngày đọc", SHORT),
    *DATES,
)
SECTIONS = ("sections", AT)
SECTION = _columns(SECTIONS, ("title", "Tên phần", LONG), ("source", "Nguồn"), ("doubt", "Điều chưa chắc", LONG))
GUIDE = _columns(
    (),
    ("kind", "Loại mục", SHORT),
    ("name", "Tên", LONG),
    ("summary", "Tóm tắt", LONG),
    ("related;", "Mục liên quan (cách nhau bằng ;)"),
    ("portal_url", "Trang trên cổng"),
)


def _texts(title: str, register: str, pattern: Pattern, heading: str, named: str = "", numbered: str = "") -> Sheet:
    return Sheet(title, register, pattern, (Column(heading, pattern, width=LONG),), named, numbered)


def _rows(title: str, register: str, pattern: Pattern, *columns: tuple[str, str] | tuple[str, str, int]) -> Sheet:
    return Sheet(title, register, pattern, _columns(pattern, *columns))


CASES = ("documents", "cases", AT)
PAPERS = (*CASES, "items", AT)
TWINS = ("twins", AT)
OPTIONS = (*TWINS, "options", AT)
DISTRICTS = ("districts", AT)
FORMER = (*DISTRICTS, "units", AT)
SHEETS: tuple[Sheet, ...] = (
    Sheet("Thủ tục", P, (), (*ENTRY, *GROUPS, *ENGLISH)),
    Sheet(
        "Giấy tờ",
        P,
        PAPERS,
        (
            *_columns(CASES, ("when", "Khi nào", LONG)),
            *_columns(
                PAPERS, ("name", "Tên giấy tờ", LONG), ("copy", "Bản chính, bản sao"), ("count", "Số bản", SHORT)
            ),
            *_columns(PAPERS, ("form", "Mẫu"), ("note", "Ghi chú", LONG)),
        ),
        numbered="Trường hợp số",
    ),
    _rows(
        "Lệ phí",
        P,
        ("fee", "items", AT),
        ("name", "Tên khoản", LONG),
        ("amount", "Số tiền (đồng)", SHORT),
        ("per", "Tính theo"),
        CHANNELS,
        ("when", "Khi nào", LONG),
        ("note", "Ghi chú", LONG),
        ("source", "Nguồn"),
    ),
    _rows(
        "Thời hạn",
        P,
        ("time_limit", "items", AT),
        ("quantity", "Bao lâu", SHORT),
        ("unit", "Đơn vị", SHORT),
        ("text", "Cách nói"),
        CHANNELS,
        ("when", "Khi nào", LONG),
        ("source", "Nguồn"),
    ),
    _texts("Các bước", P, ("steps", "items", AT), "Bước"),
    _texts("Căn cứ pháp lý", P, ("legal_basis", "documents", AT), "Số hiệu văn bản"),
    _texts("Cách hỏi", P, ("phrases", AT), "Cách hỏi"),
    _texts("Lưu ý", P, ("notes", AT), "Lưu ý"),
    Sheet("Nguồn", P, ("sources", NAME), SOURCE, named="Tên nguồn"),
    _rows("Mã cũ", P, ("former_codes", AT), *OTHER_CODES),
    _rows("Mã tương đương", P, ("equivalent_codes", AT), *OTHER_CODES),
    Sheet(
        "Dễ nhầm",
        F,
        OPTIONS,
        (
            *_columns(TWINS, ("question", "Câu hỏi", LONG)),
            *_columns(OPTIONS, ("label", "Trả lời", LONG), ("procedure", "Mã mục")),
        ),
        numbered="Câu số",
    ),
    _rows(
        "Câu hỏi thử",
        F,
        ("questions", AT),
        ("question", "Câu hỏi", LONG),
        ("after", "Hỏi sau câu", LONG),
        ("expect", "Mục phải trả lời"),
        ("expect;", "Một trong các mục (cách nhau bằng ;)"),
        ("also;", "Mục khác cũng đúng (cách nhau bằng ;)"),
        ("both", "Phải có cả", SHORT),
        ("facets;", "Phần được hỏi (cách nhau bằng ;)"),
        ("learned", "Đã thành cách hỏi", SHORT),
    ),
    Sheet("Hướng dẫn", G, (), (*GUIDE, *ENGLISH)),
    Sheet("Hướng dẫn - phần", G, SECTIONS, SECTION, numbered="Phần số"),
    _texts("Hướng dẫn - lời", G, (*SECTIONS, "lines", AT), "Câu", numbered="Phần số"),
    _texts("Hướng dẫn - bước", G, (*SECTIONS, "steps", AT), "Bước", numbered="Phần số"),
    _texts("Hướng dẫn - cách hỏi", G, ("phrases", AT), "Cách hỏi"),
    _texts("Hướng dẫn - lưu ý", G, ("notes", AT), "Lưu ý"),
    Sheet("Hướng dẫn - nguồn", G, ("sources", NAME), SOURCE, named="Tên nguồn"),
    _rows("Văn bản", "laws", (), ("title", "Tên văn bản", LONG), ("issued_on", "Ngày ban hành", SHORT), *DATES),
    _rows(
        "Cơ quan",
        "offices",
        (),
        ("name", "Tên", LONG),
        ("address", "Địa chỉ", LONG),
        ("hours", "Giờ làm việc"),
        ("phone", "Điện thoại"),
        ("handles", "Nhận việc gì", LONG),
        ("one_stop", "Là một cửa (true)", SHORT),
        ("note", "Ghi chú", LONG),
        ("origin", "Nơi đọc"),
        ("checked_on", "Ngày đọc", SHORT),
    ),
    _rows("Nơi đọc", "sources", (), ("name", "Tên", LONG), ("url", "Trang")),
    _rows(
        "Trả lời sẵn",
        "routes",
        (),
        ("reason", "Loại", SHORT),
        ("text", "Câu trả lời", LONG),
        ("english", "Tiếng Anh", LONG),
    ),
    _texts("Trả lời sẵn - cách hỏi", "routes", ("phrases", AT), "Cách hỏi"),
    _texts("Trả lời sẵn - mẫu câu", "routes", ("signs", AT), "Mẫu câu"),
    _texts("Trả lời sẵn - trừ khi", "routes", ("unless", AT), "Mẫu câu"),
    _rows(
        "Xã, phường",
        "communes",
        (),
        ("kind", "Loại", SHORT),
        ("name", "Tên"),
        ("seat", "Trụ sở ủy ban", LONG),
        ("one_stop", "Trung tâm phục vụ hành chính công", LONG),
        ("hours", "Giờ làm việc"),
        ("at;", "Vị trí (vĩ độ; kinh độ)"),
    ),
    Sheet(
        "Xã, phường cũ",
        F,
        FORMER,
        (
            *_columns(DISTRICTS, ("name", "Huyện, quận cũ")),
            *_columns(FORMER, ("kind", "Loại", SHORT), ("name", "Xã, phường cũ")),
            *_columns(FORMER, ("now;", "Nay thuộc (mã đơn vị, cách nhau bằng ;)")),
        ),
        numbered="Huyện số",
    ),
    Sheet(
        "Huyện cũ",
        F,
        DISTRICTS,
        _columns(
            DISTRICTS,
            ("kind", "Loại", SHORT),
            ("name", "Huyện, quận cũ"),
            ("province", "Tỉnh cũ"),
            ("now;", "Nay thuộc (chỉ ghi khi huyện không có xã)"),
        ),
        numbered="Huyện số",
    ),
    _rows(
        "Tỉnh, thành phố",
        "provinces",
        (),
        ("kind", "Loại", SHORT),
        ("name", "Tên"),
        ("wards;", "Các phường (cách nhau bằng ;)", LONG),
        ("communes;", "Các xã (cách nhau bằng ;)", LONG),
        ("zones;", "Các đặc khu (cách nhau bằng ;)"),
    ),
    Sheet("Xã, phường - nguồn", F, ("sources", NAME), SOURCE, named="Tên nguồn"),
    _texts("Chữ tắt", F, ("abbreviations", NAME), "Chữ đầy đủ", "Chữ tắt"),
    _texts("Tên gọi khác", F, ("synonyms", NAME, AT), "Tên khác", "Tên dùng để tìm"),
    _texts("Chữ đệm", F, ("padding", AT), "Chữ"),
    _texts("Tên không cắt đôi", F, ("names", AT), "Tên"),
    _texts("Chữ ít phân biệt", F, ("weak", AT), "Chữ"),
    _texts("Chữ ngoài thủ tục", F, ("off_topic", AT), "Chữ"),
    _texts("Ý trong câu", F, ("senses", NAME, AT), "Cách nói", "Ý"),
    _texts("Hỏi từng phần", F, ("facets", NAME, AT), "Cách hỏi", "Phần"),
    Sheet(
        "Tệp",
        F,
        (),
        _columns((), ("field", "Lĩnh vực", LONG), ("place", "Nơi áp dụng", LONG), ("resolution", "Nghị quyết")),
    ),
)
