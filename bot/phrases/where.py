"""What is said about where to go; words in braces are put in when they are said."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WhereWords:
    """One language. `share` and `no_share` are what stands on the keys under "Where do I go?"."""

    ask: str
    ask_how: str
    ask_share: str
    kept: str
    elsewhere: str
    share: str
    no_share: str
    typed_then: str
    near: str
    near_one: str
    near_under: str
    not_kept: str
    no_points: str
    far: str
    also: str
    handles: str
    hours: str
    remember: str
    forget: str
    remembered: str
    remembered_for: str
    forgotten: str
    own: str
    own_at: str


WHERE_VI = WhereWords(
    ask="Bạn ở xã, phường nào?",
    ask_how="Gõ tên cũ hay tên mới đều được, ví dụ: phường Cẩm Thượng.",
    ask_share="Hoặc gửi vị trí: bot chỉ dùng để tìm nơi gần bạn, không lưu lại.",
    kept="Nơi bạn nhờ bot nhớ: {place}.",
    elsewhere="Cần nơi khác thì gõ tên xã, phường đó, hoặc gửi vị trí.",
    share="Gửi vị trí của tôi",
    no_share="Tôi tự gõ tên",
    typed_then="Bạn gõ tên xã, phường, tên cũ hay mới đều được. Ví dụ: phường Cẩm Thượng.",
    near="Các xã, phường gần bạn nhất. Bạn chọn nơi của mình.",
    near_one="{place}, khoảng {km} km",
    near_under="{place}, dưới 1 km",
    not_kept="Khoảng cách tính đến giữa xã, phường, không phải đến trụ sở. Vị trí của bạn không được lưu.",
    no_points="Bot chưa tìm được nơi theo vị trí. Vị trí của bạn không được lưu.",
    far="Vị trí này không ở gần xã, phường nào của {province}. Vị trí của bạn không được lưu.",
    also="Việc nào ở đâu:",
    handles="• {office}: {handles}",
    hours="Giờ làm việc: {hours}.",
    remember="Nhớ nơi này cho tôi",
    forget="Quên nơi này",
    remembered="Đã nhớ nơi của bạn: {place}.",
    remembered_for='Từ nay mục "Nộp ở đâu" của việc làm ở cấp xã ghi luôn nơi này. Xem lại hoặc xóa: /noinop.',
    forgotten="Đã quên nơi của bạn.",
    own="Nơi của bạn: {office}.",
    own_at="Nơi của bạn: {office}, {address}.",
)
WHERE_EN = WhereWords(
    ask="Which commune or ward do you live in?",
    ask_how="Type its old or new name, for example: phường Cẩm Thượng.",
    ask_share="Or share your location: it is only used to find the nearest places and is not kept.",
    kept="The place you asked to remember: {place}.",
    elsewhere="For another place, type the name of that commune or ward, or share a location.",
    share="Share my location",
    no_share="I will type the name",
    typed_then="Type the name of your commune or ward, old or new. For example: phường Cẩm Thượng.",
    near="The communes and wards nearest to you. Choose yours.",
    near_one="{place}, about {km} km",
    near_under="{place}, under 1 km",
    not_kept="Distances are to the middle of the commune, not to its office. Your location is not kept.",
    no_points="No place could be found by location. Your location is not kept.",
    far="This location is not near any commune or ward of {province}. Your location is not kept.",
    also="What is handled where (in Vietnamese):",
    handles="• {office}: {handles}",
    hours="Opening hours: {hours}.",
    remember="Remember this place for me",
    forget="Forget this place",
    remembered="Your place is remembered: {place}.",
    remembered_for='From now on "Where" names it for what is handled by communes. See or delete it: /where.',
    forgotten="Your place is forgotten.",
    own="Your place: {office}.",
    own_at="Your place: {office}, {address}.",
)
