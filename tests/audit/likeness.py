"""Whether two official names are those of near twins: alike but for a word that makes another procedure of it."""

import re
import unicodedata

TELLING = (
    "yếu tố nước ngoài",
    "ở nước ngoài",
    "người nước ngoài",
    "nước ngoài",
    "biên giới",
    "cấp đổi",
    "cấp lại",
    "cấp mới",
    "đăng ký lại",
    "hưởng lại",
    "lần đầu",
    "gia hạn",
    "thay đổi",
    "chuyển đổi",
    "sửa đổi",
    "bổ sung",
    "điều chỉnh",
    "tạm ngừng",
    "chấm dứt",
    "thu hồi",
    "mở khóa",
    "tự nguyện",
    "bắt buộc",
    "hằng tháng",
    "một lần",
    "mai táng",
    "dưới",
    "điện tử",
    "khóa",
    "xóa",
    "hủy",
    "đổi",
    "lại",
    "mới",
    "nam",
    "nữ",
)
WORDS = re.compile("|".join(rf"\b{word}\b" for word in TELLING))  # the first that fits wins: longer ones stand first


def telling_words(name: str) -> set[str]:
    """The telling words of a name: {"cấp lại"} for "Cấp lại thẻ căn cước"."""
    plain = " ".join(unicodedata.normalize("NFC", name).casefold().split())
    plain = plain.replace("hàng tháng", "hằng tháng").replace("việt nam", "")
    return set(WORDS.findall(plain))


def telling_difference(one: str, other: str) -> set[str]:
    """The telling words that stand in only one of two names."""
    return telling_words(one) ^ telling_words(other)
