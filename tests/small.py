"""A tiny valid knowledge base for tests: two twins (khai-sinh, khai-sinh-lai) and tam-tru.

khai-sinh's online fee rests on a source that ends on 2026-12-31, its copies on one of low confidence;
khai-sinh-lai says in words that its fee is unknown; tam-tru has no online part and no deadline.
The overlay hai-phong replaces tam-tru's fee and gives khai-sinh-lai an office.
"""

from pathlib import Path

from bot.errors import KnowledgeError
from bot.knowledge import Knowledge, load

PROCEDURES = {
    "ho-tich": """\
field: Hộ tịch
procedures:
  - id: khai-sinh
    code: "1.001193"
    former_codes:
      - {code: "1.000656", reason: số cũ trước ngày 01/7/2025}
    name: Đăng ký khai sinh
    official_name: Thủ tục đăng ký khai sinh
    level: xã
    authority: Ủy ban nhân dân cấp xã
    summary: Làm giấy khai sinh lần đầu cho trẻ.
    portal_url: https://dichvucong.gov.vn/khai-sinh
    sources:
      cong: {origin: cong-dvcqg, document: 163/QĐ-BTP, confidence: cao, checked_on: 2026-07-18}
      tam: {origin: van-ban, confidence: cao, checked_on: 2026-10-01, effective_until: 2026-12-31}
      doan: {origin: van-ban, confidence: thấp, checked_on: 2026-09-01}
    documents:
      source: cong
      cases:
        - items:
            - {name: Tờ khai đăng ký khai sinh, count: 1, form: TK-01}
            - {name: Giấy chứng sinh, copy: bản chính, count: 1, note: Không có thì nộp giấy cam đoan về việc sinh.}
        - when: Nhờ người khác đi thay
          items:
            - {name: Giấy ủy quyền, copy: bản chính}
    fee:
      source: cong
      items:
        - {name: Đăng ký đúng hạn, amount: 0}
        - {name: Đăng ký quá hạn, amount: 8000, per: lần, channels: [trực tiếp, bưu chính]}
        - {name: Đăng ký trên mạng, amount: 4000, channels: [trực tuyến], source: tam}
        - {name: Bản sao Giấy khai sinh, amount: 9000, per: bản sao, source: doan}
      exempt: Hộ nghèo được miễn lệ phí.
    time_limit:
      source: cong
      items:
        - {quantity: 1, unit: ngày làm việc, text: Trong ngày làm việc.}
    deadline:
      source: cong
      text: Phải đăng ký trong 60 ngày kể từ ngày sinh.
      late: Quá hạn vẫn đăng ký được.
    place:
      source: cong
      text: Nộp ở xã nơi cha hoặc mẹ cư trú.
      offices: [ttpvhcc-xa]
    online:
      source: cong
      level: toàn trình
      text: Nộp trên Cổng Dịch vụ công quốc gia.
      url: https://dichvucong.gov.vn/khai-sinh
    steps:
      source: cong
      items:
        - Nộp hồ sơ.
        - Nhận Giấy khai sinh.
    legal_basis:
      source: cong
      documents: [60/2014/QH13, 123/2015/NĐ-CP]
    phrases:
      - đăng ký khai sinh
      - làm giấy khai sinh cho con
      - con mới đẻ làm giấy tờ gì
    english:
      name: Birth registration
      summary: Register the birth of a child at the commune office.

  - id: khai-sinh-lai
    code: "1.004884"
    name: Đăng ký lại khai sinh
    official_name: Thủ tục đăng ký lại khai sinh
    level: xã
    authority: Ủy ban nhân dân cấp xã
    summary: Đăng ký lại khi sổ hộ tịch và bản chính đều mất.
    portal_url: https://dichvucong.gov.vn/khai-sinh-lai
    sources:
      cong: {origin: cong-dvcqg, confidence: vừa, checked_on: 2026-07-18}
    documents:
      source: cong
      doubt: Mẫu tờ khai có thể đã đổi.
      cases:
        - items:
            - {name: Tờ khai đăng ký lại khai sinh, count: 1}
    fee:
      source: cong
      unknown: Mức thu do tỉnh quyết định. Hãy hỏi nơi nộp hồ sơ.
    time_limit:
      source: cong
      items:
        - {quantity: 5, unit: ngày làm việc}
        - {quantity: 25, unit: ngày, when: Phải xác minh}
      note: Đếm từ khi hồ sơ đủ.
    place:
      source: cong
      text: Nộp ở xã nơi đã đăng ký trước đây.
    online:
      source: cong
      level: một phần
      text: Nộp trên mạng, mang bản giấy đến sau.
    legal_basis:
      source: cong
      documents: [60/2014/QH13]
    phrases:
      - đăng ký lại khai sinh
      - mất giấy khai sinh làm lại
      - làm lại giấy khai sinh bị mất

twins:
  - question: Trẻ đã từng được đăng ký khai sinh chưa?
    options:
      - {label: Chưa đăng ký lần nào, procedure: khai-sinh}
      - {label: "Đã đăng ký, mất cả sổ và bản chính", procedure: khai-sinh-lai}
""",
    "cu-tru": """\
field: Cư trú
procedures:
  - id: tam-tru
    code: "1.004194"
    equivalent_codes:
      - {code: "1.010038", reason: cùng thủ tục ở cấp tỉnh, document: 5555/QĐ-BCA}
    name: Đăng ký tạm trú
    official_name: Đăng ký tạm trú
    level: xã
    authority: Công an cấp xã
    summary: Dành cho người đến ở từ 30 ngày.
    portal_url: https://dichvucong.gov.vn/tam-tru
    sources:
      cong: {origin: cong-dvcqg, confidence: cao, checked_on: 2026-07-20}
      phi: {origin: van-ban, document: 75/2022/TT-BTC, confidence: cao, checked_on: 2026-08-01}
    who:
      source: cong
      text: Người ở ngoài nơi thường trú từ 30 ngày.
    documents:
      source: cong
      cases:
        - items:
            - {name: Tờ khai thay đổi thông tin cư trú, form: CT01}
            - {name: Giấy tờ về chỗ ở, copy: xuất trình}
    fee:
      source: phi
      items:
        - {name: Lệ phí, amount: 15000, per: lần, channels: [trực tiếp, bưu chính]}
        - {name: Lệ phí, amount: 7000, per: lần, channels: [trực tuyến]}
    time_limit:
      source: cong
      items:
        - {quantity: 3, unit: ngày làm việc}
    proxy:
      source: cong
      allowed: có điều kiện
      text: Người đi thay mang giấy ủy quyền.
    place:
      source: cong
      text: Nộp ở công an xã nơi tạm trú.
      offices: [cong-an-xa]
    result:
      source: cong
      text: Bạn nhận thông báo kết quả.
    validity:
      source: cong
      text: Tạm trú có giá trị 2 năm.
    legal_basis:
      source: cong
      documents: [68/2020/QH14]
    notes:
      - Hết hạn thì gia hạn trước 15 ngày.
    phrases:
      - đăng ký tạm trú
      - thuê trọ phải đăng ký gì
      - khai báo tạm trú cho người thuê nhà
""",
}

FILES = {
    "lexicon.yaml": """\
abbreviations:
  ks: khai sinh
  đk: đăng ký
synonyms:
  khai sinh: [làm khai sinh]
padding: [cho em hỏi, ạ]
names: [giấy tờ]
weak: [giấy]
facets:
  documents: [cần giấy tờ gì, hồ sơ gồm gì]
  fee: [bao nhiêu tiền, lệ phí]
  time: [mất bao lâu, mấy ngày]
  place: [nộp ở đâu, ở đâu]
  online: [làm online được không, trực tuyến]
  legal_basis: [căn cứ pháp lý, theo luật nào]
""",
    "routes.yaml": """\
routes:
  - id: khan-cap
    reason: emergency
    phrases: [cháy nhà, cứu với]
    text: "Gọi ngay 114. Công an: 113. Cấp cứu: 115."
    english: "Call now: 114 fire and rescue, 113 police, 115 ambulance."
  - id: chao
    reason: greeting
    phrases: [xin chào, chào bạn]
    text: Xin chào. Bạn cần làm thủ tục gì?
    english: Hello. Which procedure do you need?
""",
    "laws.yaml": """\
laws:
  - number: 60/2014/QH13
    title: Luật Hộ tịch
    effective_from: 2016-01-01
  - {number: 123/2015/NĐ-CP, title: Nghị định về Luật Hộ tịch, effective_until: 2026-12-31}
  - {number: 68/2020/QH14, title: Luật Cư trú}
""",
    "offices.yaml": """\
offices:
  - {id: ttpvhcc-xa, name: Trung tâm Phục vụ hành chính công xã, origin: cong-dvcqg, checked_on: 2026-07-18}
  - id: cong-an-xa
    name: Công an xã
    address: 1 Trần Phú
    hours: Thứ hai đến thứ sáu, 7 giờ 30 đến 16 giờ 30
    phone: 0225.3821055
    origin: cong-dvcqg
    checked_on: 2026-07-18
""",
    "sources.yaml": """\
sources:
  - {id: cong-dvcqg, name: Cổng Dịch vụ công quốc gia, url: "https://dichvucong.gov.vn"}
  - {id: van-ban, name: Văn bản pháp luật}
""",
    "local/hai-phong.yaml": """\
place: Thành phố Hải Phòng
procedures:
  - id: tam-tru
    sources:
      nq23: {origin: van-ban, document: 23/2026/NQ-HĐND, confidence: cao, checked_on: 2026-10-01}
    fee:
      source: nq23
      items:
        - {name: Lệ phí ở Hải Phòng, amount: 10000, per: lần}
  - id: khai-sinh-lai
    place:
      source: cong
      text: Nộp ở điểm nào của thành phố cũng được.
      offices: [ttpvhcc-xa]
""",
    "questions/ho-tich.yaml": """\
questions:
  - {question: sinh con xong phải khai ở đâu, expect: khai-sinh, facets: [place]}
  - {question: hôm nay trời có mưa không, expect: none}
""",
}


def write_base(folder: Path) -> Path:
    """Write the base into `folder` (made if missing) and return the folder."""
    for name, text in PROCEDURES.items():
        _write(folder / "procedures" / f"{name}.yaml", text)
    for name, text in FILES.items():
        _write(folder / name, text)
    return folder


def load_small(folder: Path, local: str | None = None) -> Knowledge:
    """The tiny base, written into `folder` and loaded; `local="hai-phong"` lays its overlay over it."""
    return load(write_base(folder), local)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Replace the one place in a file where `old` stands; return the line on which it begins."""
    path = folder / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults_of(folder: Path, local: str | None = None) -> list[str]:
    """What is wrong with the base in `folder`, each fault as it is printed; nothing if it loads."""
    try:
        load(folder, local)
    except KnowledgeError as error:
        return [str(fault) for fault in error.faults]
    return []
