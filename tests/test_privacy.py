"""privacy: personal numbers never reach the store; codes, amounts, dates and numbers of laws stay readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy import mask

PAPER, PHONE, EMAIL = "[số giấy tờ]", "[số điện thoại]", "[thư điện tử]"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("số 030123456789", f"số {PAPER}"),
        ("cccd 030123456789, cấp 2021", f"cccd {PAPER}, cấp 2021"),
        ("CCCD:030123456789", f"CCCD:{PAPER}"),
        ("căn cước 030 123 456 789 nhé", f"căn cước {PAPER} nhé"),
        ("030.123.456.789", PAPER),
        ("030-123-456-789", PAPER),
        ("(030123456789)", f"({PAPER})"),
        ("cmnd 031234567", f"cmnd {PAPER}"),
        ("030123456789 và 031234567", f"{PAPER} và {PAPER}"),
        ("chồng 030123456789/vợ 030198765432", f"chồng {PAPER}/vợ {PAPER}"),
    ],
)
def test_identity_numbers_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("gọi 0912345678", f"gọi {PHONE}"),
        ("gọi 0912345678.", f"gọi {PHONE}."),
        ("0912 345 678", PHONE),
        ("0912.345.678", PHONE),
        ("091-234-5678", PHONE),
        ("09 12 34 56 78", PHONE),
        ("sđt:0387654321", f"sđt:{PHONE}"),
        ("sđt0912345678", f"sđt{PHONE}"),
        ("+84912345678", PHONE),
        ("+84 912 345 678", PHONE),
        ("84912345678", PHONE),
        ("02253821055", PHONE),
        ("0225.3821055", PHONE),
        ("0225 3821 055", PHONE),
        ("024 3825 1234", PHONE),
        ("0912345678, 0987654321", f"{PHONE}, {PHONE}"),
        ("0912345678 0987654321", f"{PHONE} {PHONE}"),
        ("0912345678/0987654321", f"{PHONE}/{PHONE}"),
        ("0912345678-0987654321", f"{PHONE}-{PHONE}"),
    ],
)
def test_phone_numbers_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize("text", ["(+84) 912 345 678", "(+84)912345678", "0084912345678"])
def test_a_country_code_does_not_hide_a_number(text: str) -> None:
    assert "345" not in mask(text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("an@gmail.com", EMAIL),
        ("gửi an.nguyen+1@mail.haiphong.gov.vn.", f"gửi {EMAIL}."),
        ("an_1990@yahoo.com.vn, 0912345678", f"{EMAIL}, {PHONE}"),
        ("0912345678@gmail.com", EMAIL),
    ],
)
def test_mail_addresses_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.001193",
        "mã 1.004222 và 2.000635",
        "1.004222 1.001193",
        "1.004222.000.00.00.H24",
        "2.000635.000.00.00.H31",
        "01/2026/TT-BTP",
        "123/2015/NĐ-CP, 60/2014/QH13",
        "66.7/2025/NQ-CP",
        "Nghị định 123/2015",
        "Nghị quyết 202/2025/QH15",
        "50.000 đồng",
        "3.012.000đ",
        "100.000.000 đồng",
        "1.500.000.000 đồng",
        "500000000đ",
        "8000",
        "2026-11-23",
        "2026-11-23 09:00:00",
        "ngày 01/07/2025",
        "ngày 1.7.2025",
        "từ 01-02-2026 đến 30-04-2026",
        "thuế năm 2024 2025 2026",
        "113, 114, 115",
        "1900 1234",
        "tổng đài 18001096",
        "7 giờ 30 đến 16 giờ 30",
        "thửa 123 tờ 45",
        "sinh năm 1990 hay 1991",
        "theo dõi @mot_cua",
        "CT01",
    ],
)
def test_codes_amounts_dates_and_laws_stay(text: str) -> None:
    assert mask(text) == text


@given(st.text(st.sampled_from([*"0123456789 .-/+@a,", "8", "4"])) | st.text())
def test_nothing_is_left_to_mask_a_second_time(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.integers(0, 99), st.integers(0, 10**9 - 1), st.sampled_from(["", " ", ".", "-"]))
def test_every_identity_number_is_masked(province: int, number: int, between: str) -> None:
    typed = between.join([f"0{province:02}", *(f"{number:09}"[at : at + 3] for at in (0, 3, 6))])
    assert mask(f"số {typed} của tôi") == f"số {PAPER} của tôi"


@given(st.sampled_from("35789"), st.integers(0, 10**8 - 1), st.sampled_from(["0", "+84", "84"]))
def test_every_mobile_number_is_masked(first: str, number: int, country: str) -> None:
    assert mask(f"gọi {country}{first}{number:08} nhé") == f"gọi {PHONE} nhé"
