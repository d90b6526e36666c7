"""What is said where people find a procedure without asking: lists, searches, cards for other chats, groups."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.phrases.english import ENGLISH
from bot.phrases.sentences import Sentences


@dataclass(frozen=True)
class BrowsingSentences:
    """One language; words in braces are put in when they are said."""

    common: str
    see_list: str
    events: str
    fields: str
    by_events: str
    by_fields: str
    within: str
    page: str
    before: str
    after: str
    all_events: str
    all_fields: str
    found: str
    not_found: str
    search: str
    no_link: str
    private: str
    more: str
    group_empty: str
    menu: Mapping[str, str]
    group_menu: Mapping[str, str]
    description: str
    short_description: str


VIETNAMESE_BROWSING = BrowsingSentences(
    common="Nhiều người hỏi:",
    see_list="Xem danh mục",
    events="Bạn đang có việc gì?",
    fields="Các lĩnh vực.",
    by_events="Xem theo việc trong đời",
    by_fields="Xem theo lĩnh vực",
    within="{name}: {count} mục.",
    page="Trang {page}/{pages}.",
    before="Trước",
    after="Sau",
    all_events="Về danh mục việc",
    all_fields="Về danh mục lĩnh vực",
    found='Tìm thấy với "{words}". Chọn một mục để xem:',
    not_found='Không tìm thấy mục nào với "{words}". Bạn thử chữ khác, hoặc xem danh mục.',
    search="Gõ /tim và vài chữ, ví dụ: /tim sổ đỏ.",
    no_link="Đường dẫn này không mở được thủ tục nào. Bạn hãy hỏi bằng lời, hoặc chọn bên dưới.",
    private="Hỏi riêng bot",
    more="Còn nữa: xem đủ ở cuộc trò chuyện riêng với bot.",
    group_empty='Bạn ghi câu hỏi cùng tên bot, ví dụ "@{bot} lệ phí đăng ký xe máy".',
    menu={"danhmuc": "Danh mục thủ tục", "tim": "Tìm theo chữ"},
    group_menu={"tim": "Hỏi bot về một thủ tục", "help": "Bot giúp được gì"},
    description="Bot tra cứu thủ tục hành chính của {office}: cần giấy tờ gì, hết bao nhiêu tiền, bao lâu, nộp ở đâu, "
    "kèm nguồn và ngày kiểm tra. Bot không nhận hồ sơ, không xem được hồ sơ cá nhân. "
    "Đừng gửi số căn cước, mật khẩu, mã OTP.",
    short_description="Tra cứu thủ tục hành chính của {office}. Không nhận hồ sơ.",
)

ENGLISH_BROWSING = BrowsingSentences(
    common="Often asked for:",
    see_list="See the list",
    events="What is it about?",
    fields="All fields.",
    by_events="By life event",
    by_fields="By field",
    within="{name}: {count} entries.",
    page="Page {page} of {pages}.",
    before="Back",
    after="Next",
    all_events="All life events",
    all_fields="All fields",
    found='Found for "{words}". Choose one to see it:',
    not_found='Nothing found for "{words}". Try other words, or see the list.',
    search="Type /find and a few words, for example: /find marriage.",
    no_link="This link opens no procedure. Please ask in your own words, or choose below.",
    private="Ask the bot privately",
    more="There is more: see all of it in a private chat with the bot.",
    group_empty='Write your question with the name of the bot, for example "@{bot} birth registration".',
    menu={"browse": "List of procedures", "find": "Search by words"},
    group_menu={"find": "Ask the bot about a procedure", "help": "What the bot can do"},
    description="This bot looks up administrative procedures of {office}: which papers, what it costs, how long it takes, "
    "where to go, with the source and the day it was checked. It takes no applications and cannot see personal files. "
    "Never send ID numbers, passwords or OTP codes.",
    short_description="Administrative procedures of {office}. Takes no applications.",
)


def browsing(say: Sentences) -> BrowsingSentences:
    """These sentences in the language of those."""
    return ENGLISH_BROWSING if say is ENGLISH else VIETNAMESE_BROWSING
