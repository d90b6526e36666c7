"""language: Vietnamese however short and however typed; the languages of others by name."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import language_of
from bot.text import clean


@pytest.mark.parametrize(
    "text",
    [
        "",
        "???",
        "1.001193",
        "alo",
        "ok",
        "dc k ad",
        "hi ad",
        "lam can cuoc o dau",
        "lam khai sinh cho con",
        "dang ky ket hon",
        "can giay to gi",
        "het bao nhieu tien",
        "mat bao lau",
        "nop o dau",
        "doi bang lai xe",
        "sang ten xe may",
        "ly lich tu phap so 1",
        "cap so do lan dau",
        "mat cccd lam lai",
        "dk kd ho ca the",
        "k biet lam sao",
        "ks cho be bn tien",
        "a e oi",
        "me toi mat roi",
        "sdt ubnd xa",
        "dt zalo ubnd xa",
        "xn tthn de vay nh",
        "bhxh 1 lan rut the nao",
        "doi gplx het bn",
        "dk tam vang online",
        "lam lltp tren vneid",
        "hoan thue tncn online",
        "dki tam tru online tren vneid",
        "dk rut bhxh 1 lan online dc k",
        "dk oto moi o phong csgt",
        "vneid bi loi dang nhap",
        "facebook bi hack",
        "gia xe wave alpha",
        "reset pass vneid",
    ],
)
def test_short_messages_without_accents_are_vietnamese(text: str) -> None:
    assert language_of(text) == "vi"


@pytest.mark.parametrize(
    "text",
    [
        "Tôi muốn đăng ký kết hôn với người nước ngoài",
        "đăng ký tạm trú online trên VNeID",
        "facebook bị hack",
        "game bị lag",
        "iphone bị lock icloud",
        "Sinh con ở Hàn Quốc (한국) thì khai sinh ở đâu",
        "xin work permit cho người nước ngoài",
        unicodedata.normalize("NFC", "cấp lại thẻ căn cước"),
    ],
)
def test_accents_make_it_vietnamese_whatever_else_stands_there(text: str) -> None:
    assert language_of(text) == "vi"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How do I register a birth?", "en"),
        ("Where can I renew my driving licence", "en"),
        ("I want to get married in Vietnam", "en"),
        ("How much does it cost?", "en"),
        ("My name is Nguyễn Văn Đạt, how do I renew my passport", "en"),
        ("I need to register my baby born in Hai Phong", "en"),
        ("i need help now my house is on fire", "en"),
        ("What documents do I need for a residence card?", "en"),
        ("Can a foreigner buy a house here", "en"),
        ("Comment déclarer une naissance ?", "fr"),
        ("Où puis-je demander un passeport", "fr"),
        ("Quels documents pour le mariage ?", "fr"),
        ("Je voudrais être naturalisé, que dois-je faire ?", "fr"),
        ("Wo kann ich meinen Führerschein verlängern", "de"),
        ("출생 신고는 어떻게 하나요?", "ko"),
        ("결혼", "ko"),
        ("我想办理出生登记", "zh"),
        ("結婚登記需要什麼文件？", "zh"),
        ("出生届はどこに出しますか", "ja"),
        ("結婚の手続き", "ja"),
        ("パスポート", "ja"),
        ("Как зарегистрировать рождение ребёнка?", "ru"),
        ("паспорт", "ru"),
        ("ฉันต้องการจดทะเบียนสมรส", "th"),
        ("ຂ້ອຍຢາກແຕ່ງງານ", "lo"),
        ("ខ្ញុំចង់រៀបការ", "km"),
    ],
)
def test_other_languages_are_known_by_script_or_words(text: str, language: str) -> None:
    assert language_of(clean(text)) == language


@pytest.mark.parametrize("text", ["birth certificate", "work permit", "passport", "hello", "zzz xxx"])
def test_fewer_than_three_words_are_never_foreign(text: str) -> None:
    assert language_of(text) == "vi"


def test_a_few_foreign_letters_decide_nothing() -> None:
    assert language_of("비자 visa") == "vi"


@pytest.mark.parametrize("text", ["أريد تسجيل ولادة", "ɓɓɓ ɓɓɓ ɓɓɓ"])
def test_words_of_no_known_language_count_as_vietnamese(text: str) -> None:
    assert language_of(text) == "vi"


def test_the_same_text_always_gives_the_same_language() -> None:
    assert {language_of("xin gia han visa and work permit please sir") for _ in range(20)} == {"en"}


@settings(deadline=None)
@given(st.text(st.characters()))
def test_every_text_has_a_language(text: str) -> None:
    assert len(language_of(clean(text))) == 2
    assert len(language_of(text)) == 2
