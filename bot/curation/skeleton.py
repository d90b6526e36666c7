"""A new entry or guide ready to be filled in: what must be there as keys, every other part as comments to uncomment."""

import json
import re
from collections.abc import Collection, Iterable

from bot.curation.listing import Listed
from bot.text import fold

LONGEST_ID = 40  # as the form of an entry's id allows
EXPLAINED_FROM = 34  # the column where the words beside a key begin
LONGEST_SEEN = 70  # columns of a value beside which an explanation is still seen
PLAIN = re.compile(r"[^\W_](?:[\w .,()/;-]|:(?! ))*(?<![ .:])")  # needs no quotes in YAML
NO_TEXT = re.compile(r"[\d.,-]+|true|false|null|yes|no", re.IGNORECASE)  # what editors read as something else
OFFICIAL = re.compile(r"^thủ tục\s+", re.IGNORECASE)
ENTRY = """\
- id: {id} # tên ngắn, không dấu, không đổi về sau
  code: "{code}" # mã thủ tục, luôn trong dấu nháy
  # former_codes: # mã cũ của thủ tục này, vì sao đổi
  #   - {{code: "", reason: , document: }}
  # equivalent_codes: # mã khác của cùng thủ tục, vì sao
  #   - {{code: "", reason: , document: }}
  name: {name} # tên như cán bộ nói
  official_name: {official} # tên trên Cổng Dịch vụ công quốc gia
  level: # xã | tỉnh | trung ương
  authority: # cơ quan giải quyết{agency}
  summary: # một, hai câu: việc này là gì, dành cho ai
  portal_url: {link} # trang chính thức, https://…
  sources: # đã đọc ở đâu, văn bản nào, tin đến đâu (cao | vừa | thấp), đọc ngày nào (2026-07-18)
    cong: {{origin: , document: , confidence: , checked_on: }} # origin: một trong {origins}
  # Phần nào có nguồn thì bỏ dấu thăng ở đầu dòng rồi ghi. Không có nguồn thì không ghi, xóa đi.
  # who: # ai được làm
  #   source: cong
  #   text:
  # documents: # giấy tờ; thêm when: cho trường hợp riêng
  #   source: cong
  #   cases:
  #     - items:
  #         - {{name: , copy: , count: , form: , note: }} # copy: bản chính, bản sao, xuất trình
  # fee: # lệ phí; chỉ ghi amount: 0 khi một văn bản quy định là 0
  #   source: cong
  #   items:
  #     - {{name: , amount: , per: , channels: [trực tuyến, trực tiếp, bưu chính], when: , note: }}
  #   exempt: # ai không phải nộp
  #   unknown: # điều chưa biết về mức thu, viết thành câu
  # time_limit: # thời hạn giải quyết; unit: giờ | ngày | ngày làm việc | tháng
  #   source: cong
  #   items:
  #     - {{quantity: , unit: , when: }}
  #   note: # điều cần nói thêm
  # deadline: # hạn người dân phải làm, muộn thì sao
  #   source: cong
  #   text:
  #   late:
  # proxy: # nhờ người khác; allowed: có | không | có điều kiện
  #   source: cong
  #   allowed:
  #   text:
  # place: # nộp ở đâu; offices: id trong offices.yaml
  #   source: cong
  #   text:
  #   offices: []
  # online: # level: toàn trình | một phần | chưa | không rõ
  #   source: cong
  #   level:
  #   text:
  #   url:
  # steps: # các bước người dân làm
  #   source: cong
  #   items:
  #     -
  # result: # người dân nhận được gì
  #   source: cong
  #   text:
  # validity: # giấy tờ có giá trị bao lâu
  #   source: cong
  #   text:
  # legal_basis: # số hiệu, như trong laws.yaml
  #   source: cong
  #   documents: []
  # notes: # điều cần nói thêm, nguồn không khớp nhau thế nào
  #   -
  phrases: # người dân hỏi thế nào: ít nhất 12 cách, đủ kiểu
    - {phrase}
  # english: # tên và tóm tắt bằng tiếng Anh
  #   name:
  #   summary:
"""
GUIDE = """\
- id: {id} # tên ngắn, không dấu, không đổi về sau
  name: {name} # tên bài, như người dân nói
  summary: # một, hai câu: bài này giúp việc gì, dành cho ai
  sources: # đã đọc ở đâu, văn bản nào, tin đến đâu (cao | vừa | thấp), đọc ngày nào (2026-07-18)
    # Không có số văn bản (trang tin, trang hướng dẫn) thì xóa document. origin: một trong {origins}
    nguon: {{origin: , document: , confidence: , checked_on: }}
  sections: # từng phần của bài; mỗi phần dựa vào một nguồn ở trên
    - title: # tên phần
      source: nguon
      lines: # câu để đọc
        -
      # steps: # các bước phải làm theo thứ tự; có steps thì không bắt buộc có lines
      #   -
      # doubt: # điều chưa chắc, viết thành câu
  # notes: # điều cần nói thêm
  #   -
  # related: [] # id của thủ tục liên quan, thành nút bấm dưới câu trả lời
  phrases: # người dân hỏi thế nào: ít nhất 12 cách, đủ kiểu
    - {phrase}
  # portal_url: # trang chính thức, https://…
  # english: # tên và tóm tắt bằng tiếng Anh
  #   name:
  #   summary:
"""


def skeleton(listed: Listed, taken: Collection[str], origins: Iterable[str]) -> str:
    """The text of an entry, its list item at the left margin; `taken` are the ids that stand already."""
    name = OFFICIAL.sub("", listed.name)
    name = name[:1].upper() + name[1:]
    text = ENTRY.format(
        id=entry_id(name, listed.code, taken),
        code=listed.code,
        name=scalar(name),
        official=scalar(listed.name),
        agency=f"; danh mục ghi: {listed.agency}" if listed.agency else "",
        link=listed.link if listed.link.startswith("https://") else "",
        origins=", ".join(origins),
        phrase=scalar(name.lower()),
    )
    return "\n".join(map(_aligned, text.splitlines())) + "\n"


def guide_skeleton(id: str, name: str, origins: Iterable[str]) -> str:
    """The text of a guide, its list item at the left margin; without a name, that is left to fill in."""
    text = GUIDE.format(id=id, name=scalar(name), origins=", ".join(origins), phrase=scalar(name.lower()))
    return "\n".join(map(_aligned, text.splitlines())) + "\n"


def guide_id(name: str, taken: Collection[str]) -> str:
    """An id of the words of a guide's name that is not taken: wifi-mien-phi, then wifi-mien-phi-2."""
    short = _joined(re.findall(r"[a-z0-9]+", fold(name)) or ["huong-dan"])
    tails = ["", *(f"-{number}" for number in range(2, len(taken) + 3))]
    return next(made for tail in tails if (made := short[: LONGEST_ID - len(tail)].rstrip("-") + tail) not in taken)


def entry_id(name: str, code: str, taken: Collection[str]) -> str:
    """An id of the name's own words that fits: "Đăng ký tạm trú" is dang-ky-tam-tru; without a name, of the code."""
    short = _joined(re.findall(r"[a-z0-9]+", fold(name)) or ["thu-tuc", code.replace(".", "-")])
    if short not in taken:
        return short
    tail = code.replace(".", "-")
    return f"{short[: LONGEST_ID - len(tail) - 1].rstrip('-')}-{tail}"


def _joined(words: list[str]) -> str:
    """As many of the words as an id can hold."""
    short = words[0][:LONGEST_ID]
    for word in words[1:]:
        if len(f"{short}-{word}") > LONGEST_ID:
            break
        short = f"{short}-{word}"
    return short


def scalar(text: str) -> str:
    """A text as YAML writes it on one line, in quotes where it must be."""
    if not text or (PLAIN.fullmatch(text) and not NO_TEXT.fullmatch(text)):
        return text
    return json.dumps(text, ensure_ascii=False)


def _aligned(line: str) -> str:
    """The words beside a key in one column; none beside what is too long for them to be seen."""
    key, sign, words = line.rpartition(" # ")
    if not sign or not key.strip():
        return line.rstrip()
    return f"{key.rstrip():<{EXPLAINED_FROM}} # {words}" if len(key) < LONGEST_SEEN else key.rstrip()
