"""The words around a name: what it is called, what is asked of it, and what says nothing."""

import enum
from collections.abc import Mapping, Sequence

from bot.knowledge.files import DistrictKind, ProvinceKind, UnitKind
from bot.places.gazetteer import Kind, agree
from bot.text import PhraseTable, Syllable

KINDS: tuple[tuple[str, frozenset[Kind]], ...] = (
    ("thị trấn", frozenset({UnitKind.TOWNSHIP})),
    ("thị xã", frozenset({DistrictKind.TOWN})),
    ("thành phố", frozenset({DistrictKind.CITY, ProvinceKind.CITY})),
    ("đặc khu", frozenset({UnitKind.ZONE})),
    ("phường", frozenset({UnitKind.WARD})),
    ("xã", frozenset({UnitKind.COMMUNE})),
    ("huyện", frozenset({DistrictKind.RURAL})),
    ("quận", frozenset({DistrictKind.URBAN})),
    ("tỉnh", frozenset({ProvinceKind.PROVINCE})),
    ("tp", frozenset({DistrictKind.CITY, ProvinceKind.CITY})),
    ("tt", frozenset({UnitKind.TOWNSHIP})),
    ("tx", frozenset({DistrictKind.TOWN})),
    ("p", frozenset({UnitKind.WARD})),
    ("f", frozenset({UnitKind.WARD})),
    ("x", frozenset({UnitKind.COMMUNE})),
    ("q", frozenset({DistrictKind.URBAN})),
    ("h", frozenset({DistrictKind.RURAL})),
)
AREAS = frozenset[Kind]({*DistrictKind, *ProvinceKind})
STREETS = frozenset(  # before a bare name they make it the name of something else
    (
        *("đường", "duong", "phố", "pho", "ngõ", "ngo", "ngách", "số", "chợ", "cầu", "bến", "ga", "chùa", "thờ"),
        *("trường", "truong", "thpt", "thcs", "viện", "vien", "ty", "ông", "ong", "bà", "anh", "chị"),
    )
)


class Cue(enum.Enum):
    """What a sequence of words asks of a place."""

    BECAME = "what it is now"
    MADE_OF = "what it was formed from"
    WHERE = "where it is, where to hand in"
    BEFORE = "the old one is meant"
    TODAY = "the new one is meant"
    FILLER = "nothing"


CUES: Mapping[Cue, str] = {
    Cue.BECAME: (
        "giờ là|bây giờ là|nay là|hiện là|hiện nay là|giờ thuộc|nay thuộc|hiện thuộc|hiện nay thuộc|bây giờ thuộc|"
        "giờ thành|nay thành|thuộc|sáp nhập|sát nhập|sáp nhập vào|sát nhập vào|nhập vào|nhập với|nhập về|gộp vào|"
        "gộp với|gộp|đổi thành|đổi tên|đổi tên thành|chuyển thành|chuyển về|chuyển sang|về đâu|về phường nào|về xã nào|"
        "là phường nào|là xã nào|là phường gì|là xã gì|thuộc phường nào|thuộc xã nào|thuộc phường gì|thuộc xã gì|"
        "thuộc đâu|thuộc về đâu|thuộc về|thuộc tỉnh nào|thuộc thành phố nào|thuộc huyện nào|thành phường nào|"
        "thành phường gì|thành xã nào|thành xã gì|thành gì|tên mới|phường gì|xã gì|phường nào|xã nào|"
        "phường mới|xã mới|đơn vị nào|còn không|còn ko|hết rồi|bị xóa|chia về đâu|chia thành"
    ),
    Cue.MADE_OF: (
        "gồm những|gồm các|gồm xã nào|gồm phường nào|gồm những xã nào|gồm những phường nào|từ những|từ các|trước là|"
        "trước đây là|trước kia là|ngày trước là|ngày xưa là|hồi trước là|lập từ|thành lập từ|hình thành từ|gộp từ|"
        "ghép từ|sáp nhập từ"
    ),
    Cue.WHERE: (
        "ở đâu|ở mô|ở chỗ nào|nằm ở đâu|chỗ nào|nơi nào|đi đâu|đến đâu|ra đâu|lên đâu|đâu|trụ sở|địa chỉ|một cửa|"
        "bộ phận một cửa|trung tâm phục vụ hành chính công|trung tâm hành chính công|trung tâm hành chính|nộp ở|"
        "nộp tại|nộp hồ sơ ở|làm ở đâu|ủy ban|ủy ban nhân dân|ubnd|uỷ ban"
    ),
    Cue.BEFORE: "cũ|trước đây|trước kia|ngày trước|hồi trước|khi xưa",
    Cue.TODAY: "hiện nay|bây giờ|mới|hiện tại",
    Cue.FILLER: (
        "cho hỏi|cho em hỏi|cho mình hỏi|cho tôi hỏi|hỏi|xin|dạ|vâng|ạ|à|ơi|vậy|thế|nhỉ|nhé|với|bạn|bot|ad|admin|"
        "em|tôi|tui|mình|anh|chị|chào|nhà|nhà tôi|nhà em|quê|quê tôi|quê em|ở|tại|của|thì|là|có|có phải|phải|giờ|"
        "nay|hiện|sau khi|sau|khi|từ|từ ngày|ngày|rồi|thành|vào|về|được|muốn|muốn hỏi|muốn biết|biết|gọi là|ai|"
        "vẫn|không|ko|k|hả|nào|gì|nơi|chỗ|nộp|hồ sơ|giấy tờ|thủ tục|làm|làm thủ tục|làm giấy tờ|đến|đi|ra|lên|xã|"
        "phường|quận|huyện|tỉnh|thành phố|thị trấn|đơn vị|hành chính|đơn vị hành chính|1 7|01 7|01 07|1 7 2025|"
        "01 7 2025|01 07 2025|tháng 7|năm 2025|2025|bị|đã|sẽ|cái|này|kia|đó|ấy|vs|vậy ta|mn|mọi người|các bác|bác|"
        "cháu|con|nhận|tiếp nhận|cần nộp|giúp|chỉ giúp|bỏ huyện|bỏ cấp huyện|và|hay|còn|đang|sống|thôn|cùng|nhập|"
        "chia|xóa|tách|bao nhiêu nơi|những|các|j|gi|z|đổi|tên|theo tên mới|ý|nhờ|giải đáp|tra|tra cứu"
    ),
}
ALONE = frozenset(  # may stand beside nothing but a place
    ["ạ", "dạ", "nhà", "ở", "tại", "em", "tôi", "mình", "quê", "của", "tui", "cũ", "mới"]
)


def _agree(typed: Sequence[Syllable], known: Sequence[Syllable]) -> bool:
    return all(map(agree, typed, known))


KIND_TABLE = PhraseTable(KINDS, _agree)
CUE_TABLE = PhraseTable(((phrase, cue) for cue, phrases in CUES.items() for phrase in phrases.split("|")), _agree)
