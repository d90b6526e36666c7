"""What is said about old and new communes; words in braces are put in when they are said."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlaceWords:
    """One language's sentences about a place."""

    now: str
    same: str
    divided: str
    divided_how: str
    today: str
    formed: str
    part: str
    office: str
    office_at: str
    hours: str
    hours_told: str
    seat: str
    district: str
    district_one: str
    province: str
    elsewhere: str
    elsewhere_only: str
    choose: str
    choose_one: str
    option_old: str
    option_province: str
    option_new: str
    option_elsewhere: str
    source: str
    conjunction: str


PLACES_VI = PlaceWords(
    now="{old} ({area} cũ) nay thuộc {new}, {province}.",
    same="{old} ({area} cũ) nay vẫn mang tên {new}, {province}.",
    divided="{old} ({area} cũ) được chia cho {count} nơi: {places}.",
    divided_how="Xem nơi cư trú của bạn trên VNeID, hoặc hỏi một trong các nơi đó.",
    today="{new} là đơn vị hiện nay của {province}.",
    formed="Lập từ: {parts}.",
    part="một phần {old}",
    office="Nơi tiếp nhận: Trung tâm Phục vụ hành chính công {new}.",
    office_at="Nơi tiếp nhận: Trung tâm Phục vụ hành chính công {new}, {address}.",
    hours="Giờ làm việc do {new} công bố.",
    hours_told="Giờ làm việc (do nơi này công bố): {hours}.",
    seat="Trụ sở công bố khi sáp nhập: {seat}.",
    district="{old} không còn từ ngày 01/7/2025. Các xã, phường của nơi này nay thuộc {count} nơi: {places}.",
    district_one="{old} không còn từ ngày 01/7/2025. Nơi này nay là {new}, {province}.",
    province="{old} đã sáp nhập vào {province} từ ngày 01/7/2025.",
    elsewhere="Hiện nay {new} thuộc {province}.",
    elsewhere_only="Bot chưa có bảng tên cũ sang tên mới của {province}.",
    choose="Có nhiều nơi tên {name}. Bạn hỏi nơi nào?",
    choose_one="Bạn hỏi nơi nào?",
    option_old="{old} cũ, {area}",
    option_province="{old} cũ",
    option_new="{new} hiện nay",
    option_elsewhere="{new}, {province}",
    source="Nguồn: Nghị quyết {number}.",
    conjunction=" và ",
)
PLACES_EN = PlaceWords(
    now="{old} (formerly {area}) now belongs to {new}, {province}.",
    same="{old} (formerly {area}) is still called {new}, {province}.",
    divided="{old} (formerly {area}) was divided between {count} places: {places}.",
    divided_how="See your place of residence in the VNeID app, or ask at one of them.",
    today="{new} is a present unit of {province}.",
    formed="Formed from: {parts}.",
    part="part of {old}",
    office="Apply at: the one-stop centre (Trung tâm Phục vụ hành chính công) of {new}.",
    office_at="Apply at: the one-stop centre (Trung tâm Phục vụ hành chính công) of {new}, {address}.",
    hours="Opening hours are made public by {new}.",
    hours_told="Opening hours as made public by this office: {hours}.",
    seat="Seat as made public at the merger: {seat}.",
    district="{old} no longer exists since 1 July 2025. Its communes now belong to {count} places: {places}.",
    district_one="{old} no longer exists since 1 July 2025. It is now {new}, {province}.",
    province="{old} has been part of {province} since 1 July 2025.",
    elsewhere="{new} is in {province}.",
    elsewhere_only="This bot has no table of old and new names for {province}.",
    choose="Several places are called {name}. Which one do you mean?",
    choose_one="Which place do you mean?",
    option_old="former {old}, {area}",
    option_province="former {old}",
    option_new="{new} today",
    option_elsewhere="{new}, {province}",
    source="Source: Resolution {number}.",
    conjunction=" and ",
)
