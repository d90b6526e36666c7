"""The tiny base with two guides and a table of communes: what is no procedure and yet belongs to a base."""

from pathlib import Path

from bot.knowledge import Knowledge, load
from tests.small import write_base

GUIDES, UNITS = "guides/doi-song-so.yaml", "units/hai-phong.yaml"
FILES = {
    GUIDES: """\
field: Đời sống số
guides:
  - id: dung-vneid
    name: Dùng VNeID
    summary: VNeID là ứng dụng định danh.
    sources:
      cong: {origin: cong-dvcqg, document: 5709/QĐ-BCA-C06, confidence: cao, checked_on: 2026-07-18}
      bao: {origin: van-ban, confidence: vừa, checked_on: 2026-05-14, effective_until: 2026-12-31}
      thua: {origin: van-ban, document: 9/2026/NĐ-CP, confidence: vừa, checked_on: 2026-09-01}
    sections:
      - title: Mở ở đâu
        source: cong
        lines:
          - Bạn đến công an xã.
          - Nhớ mang căn cước.
      - title: Các bước  # theo trang hướng dẫn
        source: bao
        doubt: Màn hình có thể đã đổi.
        steps:
          - Cài ứng dụng.
          - Quét mã trên căn cước.
    notes:
      - Không ai được hỏi mật khẩu của bạn.
    related: [tam-tru]
    phrases:
      - VNeID là gì
      - cài vneid thế nào
    portal_url: https://dichvucong.gov.vn/vneid
    english:
      name: Using VNeID
      summary: VNeID is the identity app.

  - id: tranh-lua-dao
    name: Tránh lừa đảo
    summary: Cán bộ không bao giờ hỏi mã OTP.
    sources:
      tin: {origin: van-ban, confidence: vừa, checked_on: 2026-08-02}
    sections:
      - title: Dấu hiệu
        source: tin
        lines: [Họ giục bạn bấm vào đường dẫn lạ.]
    phrases: [có người xưng công an gọi điện]
""",
    UNITS: """\
# Xã, phường của thành phố.
place: thành phố Hải Phòng
resolution: 1669/NQ-UBTVQH15
sources:
  danh-muc: {origin: van-ban, document: 1669/NQ-UBTVQH15, confidence: cao, checked_on: 2026-07-25}
communes:
  - {code: "10507", kind: phường, name: Thành Đông, seat: "UBND phường Cẩm Thượng cũ"}
  - {code: "10525", kind: phường, name: Hải Dương}  # chưa rõ trụ sở
  - {code: "11948", kind: đặc khu, name: Bạch Long Vĩ, one_stop: Khu trung tâm}
districts:
  - kind: thành phố
    name: Hải Dương
    province: tỉnh Hải Dương
    units:
      - {kind: phường, name: Cẩm Thượng, now: ["10507"]}
      - {kind: phường, name: Trần Phú, now: ["10507", "10525"]}
  - kind: huyện
    name: Bạch Long Vĩ
    province: thành phố Hải Phòng
    now: ["11948"]
    units: []
""",
    "units/viet-nam.yaml": """\
resolution: 202/2025/QH15
sources:
  danh-muc: {origin: van-ban, document: 202/2025/QH15, confidence: cao, checked_on: 2026-07-25}
provinces:
  - code: "01"
    kind: thành phố
    name: Hà Nội
    wards: [Ba Đình, Ngọc Hà]
    communes: [Sóc Sơn]
  - {code: "04", kind: tỉnh, name: Cao Bằng, zones: [Đặc khu nọ]}
""",
}


def write_whole(folder: Path) -> Path:
    """The tiny base with guides and communes, written into `folder`."""
    write_base(folder)
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def load_whole(folder: Path, local: str | None = None) -> Knowledge:
    """The same, loaded."""
    return load(write_whole(folder), local)
