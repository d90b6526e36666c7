"""Names that people give of themselves and their own: found by the words before them, and by how names are built."""

import re
from collections.abc import Iterator

from bot.text import fold

Span = tuple[int, int]
MOST_WORDS = 5
WORD = re.compile(r"[^\W\d_]+")
BETWEEN = re.compile(r"[ \t]+")

PERSONS = (
    r"tôi|toi|tui|em|mình|minh|cháu|chau|con|bé|be|anh|chị|chi|vợ|vo|chồng|chong|bố|bo|ba|mẹ|me|má|ông|ong|bà|cụ|cu|cô|chú|"
    r"bác|bạn|ban|người|nguoi|con\s+(?:trai|gái|gai)|t|e|mk|m"
)
# Words that announce a name for certain: whatever looks like a name after them is one.
CUE = re.compile(
    rf"\b(?:(?:{PERSONS})\s+(?:tên|ten)(?:\s+(?:đầy đủ|day du))?(?:\s+(?:là|la)\b)?"
    r"|(?:họ|ho)\s+(?:và\s+|va\s+|&\s*)?(?:tên|ten)(?:\s+(?:khai\s+sinh|đầy đủ|day du))?"
    rf"(?:\s+(?:của\s+|cua\s+)?(?:{PERSONS}))?"
    r"(?:\s+(?:là|la)\b)?"
    rf"|(?:tên|ten)(?:\s+(?:khai\s+sinh|đầy đủ|day du|thật|that|của|cua|con\s+(?:trai|gái|gai)|{PERSONS})){{0,4}}"
    r"\s+(?:là|la)\b)\s*[:\-]?\s*(?=[^\W\d_])"
    r"|\b(?:họ\s+(?:và\s+)?tên|ho\s+(?:va\s+)?ten|tên|ten)\s*:\s*(?=[^\W\d_])",
    re.IGNORECASE,
)
# Words after which a whole name, surname first, may stand.
LOOSE_CUE = re.compile(
    rf"\b(?:(?:{PERSONS})\s+(?:là|la)|tên|ten|(?:là|la))\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
LISTED = re.compile(r"[^\W\d_]+")
SURNAMES = frozenset(
    LISTED.findall("""
    nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đoàn đinh trịnh trương lương mai đào
    lâm phùng cao hà tạ quách kiều tôn thái chu châu la lưu vương nghiêm khúc bạch tống giáp mạc quản tăng tô
    triệu vi lò cầm ninh khổng âu thân thạch nguyên đàm doãn từ tiêu hứa lại nông ma hầu giàng thào sùng vàng
    lường
    """)
)
GIVEN = frozenset(
    LISTED.findall("""
    an anh ánh ân bách bạch bằng băng bảo bích bình cảnh cát châu chi chí chiến chinh chính chung chương công
    cúc cường đại đàm dân đăng đạt diễm diệp diệu đình đính đoan đoàn đông đồng đức dung dũng dương đường duy
    duyên gấm gia giang giáp giáo hà hạ hải hân hằng hạnh hào hảo hậu hiên hiền hiển hiệp hiếu hoa hòa hoà hoài
    hoan hoàn hoàng hoạt học hồi hội hồng hợp huân huệ huế hùng hưng hương hường hướng hữu huy huyên huyền khải
    khai khánh khang khiêm khoa khoát khôi khuê khuyên kiên kiệt kiều kim kỳ lam lâm lan lân lành lanh lập liên
    liễu linh loan lộc lợi long luân luận lực lụa lương lượng luyến ly lý mai mận mạnh mẫn mẫu mây mến miên minh
    mơ mừng mười mỹ my na nam nga ngà ngân nghi nghị nghĩa ngọc nguyên nguyệt nhã nhàn nhân nhật nhi nhiên nho
    như nhu nhuận nhung ninh nụ oanh phát phấn phi phong phú phụng phúc phùng phước phương phượng quân quang
    quảng quế quốc quý quyên quyền quyết quỳnh sâm sáng sắc sen sinh sơn sương sửu sỹ sĩ tài tám tâm tân tấn tạo
    thạch thái thám thắm thân thắng thăng thanh thành thảo thế thêm thi thị thìn thiên thiện thiệp thiết thịnh
    thơ thọ thoa thoại thoan thơm thông thống thoi thu thư thúc thục thủy thuỷ thúy thuý thùy thuỳ thuyên thuyền
    thuyết thương thưởng thường thuận thuần tiến tiên tiệp tín tình tỉnh tịnh toại toàn toản tố tôn trà trâm
    trang trân tri trí trị triều triệu trinh trình trọng trụ trúc trung trường trương tú tư tuấn tuân tuệ tùng
    tươi tường tý tỵ tuyên tuyến tuyền tuyết uyên út văn vân vi vĩ viên viện việt vinh vĩnh vũ vui vương vượng
    vy xoan xuân xuyến yên yến ý y
    """)
)
# In a text without marks one word alone says little: these surnames with these words after them say enough.
SURE_SURNAMES = frozenset(
    LISTED.findall("nguyen tran le pham hoang huynh phan vu vo dang bui ngo duong trinh truong dinh luong doan")
)
MIDDLES = frozenset(
    LISTED.findall("""
    van thi minh duc thanh ngoc quoc xuan huu kim quang anh bao tuan hong phuong manh viet khanh nhat duy dinh
    hoang my bich dieu thuy tien tuyet gia hai
    """)
)
# Ordinary words that look like names without their marks: none of them alone is a name in lower case.
ORDINARY = frozenset(
    LISTED.findall("""
    trong tai sinh la hai tu thi do toi the nho ho moi van dung duoc dau sau thu cu co con chinh tinh truong
    quan phuong xa to dai dong hoc hoi loi hop tiep thuong luong ta cao gia chung cong quy tra ton phi tru mo
    tho tao nam y viet an thong quyen dan lai bao em me ba chi ma vang tien giao muoi them khai chau cho
    """)
)
ASKING = frozenset(
    LISTED.findall("""
    gì gi j sao ai nào nao chưa chua không khong ko k hok được duoc dc đó này nay kia vậy vay thế như nhu là la
    """)
)
# After two words of a name in a text without marks, these go on with the sentence.
GOING_ON = frozenset(
    LISTED.findall("lam sinh hoi lai xin muon can bi co la dang cho mat doi nop tra nha que tai thi va")
)
VAN_THI = frozenset(LISTED.findall("van thi văn thị"))
FOLDED_SURNAMES = frozenset(fold(name) for name in SURNAMES)
FOLDED = FOLDED_SURNAMES | frozenset(fold(name) for name in GIVEN)


def names(text: str) -> Iterator[Span]:
    """Names in a text."""
    bare = not any(fold(word) != word.lower() for word in WORD.findall(text))
    end = 0
    for cue in CUE.finditer(text):
        span = _announced(text, cue.end(), bare)
        if span and span[0] >= end:
            end = span[1]
            yield span
    for cue in LOOSE_CUE.finditer(text):
        span = _whole(text, cue.end(), bare)
        if span and span[0] >= end:
            end = span[1]
            yield span


def _announced(text: str, at: int, bare: bool) -> Span | None:
    """The name that begins here, after words that announce one."""
    words = _words(text, at)
    taken = _taken(words, bare)
    first = words[0][0]
    if not taken:
        return None
    if first.islower() and taken == 1 and (first in ORDINARY or len(first) == 1):
        return None
    return at, words[taken - 1][1]


def _whole(text: str, at: int, bare: bool) -> Span | None:
    """The name that begins here, if it is one with its surname, whatever stands before it."""
    words = _words(text, at)
    taken = _taken(words, bare)
    first = words[0][0].lower()
    if taken < 2 or first not in (FOLDED_SURNAMES if bare else SURNAMES):
        return None
    if words[0][0].islower():
        second = words[1][0].lower()
        sure = first in SURE_SURNAMES and second in MIDDLES if bare else taken > 2
        if not sure:
            return None
    return at, words[taken - 1][1]


def _taken(words: list[tuple[str, int]], bare: bool) -> int:
    """How many of these words belong to one name."""
    shouted = all(word.isupper() for word, _ in words) and len(words) > 1
    big = words[0][0][0].isupper() and not shouted
    taken = list[str]()
    for word, _ in words:
        small = word.lower()
        if not (word[0].isupper() and small not in ASKING if big else _goes_on(taken, small, bare)):
            break
        taken.append(small)
    return len(taken)


def _words(text: str, at: int) -> list[tuple[str, int]]:
    """The words that stand here one after the other, with only blanks between, each with its end; at least one."""
    found = list[tuple[str, int]]()
    while len(found) < MOST_WORDS:
        word = WORD.match(text, at)
        if word is None:
            break
        found.append((word[0], word.end()))
        gap = BETWEEN.match(text, word.end())
        if gap is None:
            break
        at = gap.end()
    return found


def _goes_on(taken: list[str], word: str, bare: bool) -> bool:
    """Whether a word in lower case belongs to the name, or a single letter as people write who want to stay unknown."""
    if len(taken) == 2 and taken[1] in VAN_THI:
        return word not in GOING_ON  # whatever the given name is
    if len(word) == 1 and taken:
        return False
    if bare:
        return word in FOLDED and not (len(taken) > 1 and word in GOING_ON)
    return word in SURNAMES or word in GIVEN
