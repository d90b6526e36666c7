"""What stands on and under an answer beside its facts: buttons, the list to print, the way out, an honest silence."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.phrases.english import ENGLISH
from bot.phrases.sentences import Sentences


@dataclass(frozen=True)
class CardSentences:
    """One language; words in braces are put in when they are said. Keys of `why` are the values of Why."""

    about: str
    new_subject: str
    forgotten: str
    whole_answers: str
    code: str
    copy: str
    copy_code: str
    open_online: str
    send_list: str
    send_list_of: str
    which_case: str
    general_case: str
    by_case: str
    list_title: str
    more_cases: str
    list_page: str
    list_hours: str
    list_by: str
    list_by_bot: str
    useful: str
    not_right: str
    report: str
    why_not_right: str
    why_report: str
    why: Mapping[str, str]
    thanked: str
    understood: str
    understood_facets: str
    not_understood: str
    ask_staff: str
    ask_staff_notice: str
    sent_to_staff: str
    hours: str
    closed: str
    holiday: str
    at_today: str
    at_day: str
    weekdays: tuple[str, ...]
    days: str


CARDS_VI = CardSentences(
    about="Về: {name}",
    new_subject="Hỏi việc khác",
    whole_answers="Xem đủ từng việc: bấm tên việc ở dưới.",
    forgotten="Bạn cứ hỏi việc khác, ghi rõ tên việc. Bot không còn hiểu câu hỏi theo việc vừa nói.",
    code="Mã thủ tục trên Cổng Dịch vụ công: {code}",
    copy="Sao chép: {text}",
    copy_code="Sao chép mã {code}",
    open_online="Mở trang nộp trực tuyến",
    send_list="Gửi danh sách giấy tờ",
    send_list_of="Gửi danh sách: {case}",
    which_case="{name}: danh sách giấy tờ cho trường hợp nào?",
    general_case="Trường hợp thường",
    by_case="{amounts}, tùy trường hợp",
    list_title="Danh sách giấy tờ: {name}",
    more_cases="Có trường hợp cần thêm giấy tờ: {cases}.",
    list_page="Trang chính thức: {url}",
    list_hours="Giờ làm việc: {hours}",
    list_by="Bot tra cứu thủ tục hành chính của {office}, ngày {date}.",
    list_by_bot="Bot tra cứu thủ tục hành chính của {office} (@{bot}), ngày {date}.",
    useful="👍 Có ích",
    not_right="👎 Chưa đúng",
    report="Báo thông tin sai/cũ",
    why_not_right="Câu trả lời chưa đúng ở điểm nào?",
    why_report='Thông tin về "{name}" cần xem lại ở điểm nào?',
    why={
        "wrong": "Thông tin sai",
        "old": "Thông tin cũ",
        "missing": "Còn thiếu",
        "unclear": "Khó hiểu",
        "other_question": "Không đúng câu hỏi",
    },
    thanked="Cảm ơn bạn. Ý kiến đã được ghi lại.",
    understood='Bot nhận ra các chữ: "{words}".',
    understood_facets='Bot nhận ra các chữ: "{words}", phần {facets}.',
    not_understood="Bot chưa nhận ra tên việc nào trong câu hỏi.",
    ask_staff="Gửi câu hỏi cho cán bộ",
    ask_staff_notice='Nút "Gửi câu hỏi cho cán bộ" gửi câu hỏi đã che số giấy tờ, số điện thoại, không kèm tên bạn.',
    sent_to_staff="Đã gửi câu hỏi cho cán bộ, không kèm tên bạn. Cán bộ chỉ thấy câu hỏi đã che số giấy tờ, số điện thoại, và ngày hỏi.",
    hours="Giờ làm việc: {hours}.",
    closed="Bây giờ ngoài giờ làm việc, mở lại lúc {at}.",
    holiday="Hôm nay là ngày nghỉ, mở lại lúc {at}.",
    at_today="{time} hôm nay",
    at_day="{time} {weekday}, {date}",
    weekdays=("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    days="{first} đến {last}",
)

CARDS_EN = CardSentences(
    about="About: {name}",
    new_subject="Ask something else",
    whole_answers="For the whole answer, tap the name below.",
    forgotten="Please ask something else and name it. The bot no longer takes your questions to be about the last matter.",
    code="Code on the public service portal: {code}",
    copy="Copy: {text}",
    copy_code="Copy code {code}",
    open_online="Open the online form",
    send_list="Send the list of papers",
    send_list_of="Send the list: {case}",
    which_case="{name}: the list of papers for which case?",
    general_case="The usual case",
    by_case="{amounts}, by case",
    list_title="List of papers: {name}",
    more_cases="Some cases need more papers: {cases}.",
    list_page="Official page: {url}",
    list_hours="Opening hours: {hours}",
    list_by="Bot for administrative procedures of {office}, on {date}.",
    list_by_bot="Bot for administrative procedures of {office} (@{bot}), on {date}.",
    useful="👍 Useful",
    not_right="👎 Not right",
    report="Report wrong or old information",
    why_not_right="What is not right about the answer?",
    why_report='What should be looked at again in "{name}"?',
    why={
        "wrong": "It is wrong",
        "old": "It is old",
        "missing": "Something is missing",
        "unclear": "Hard to understand",
        "other_question": "Not what I asked",
    },
    thanked="Thank you. Your opinion is noted.",
    understood='Words that the bot knows: "{words}".',
    understood_facets='Words that the bot knows: "{words}", part: {facets}.',
    not_understood="The bot found no matter that it knows in your question.",
    ask_staff="Send the question to staff",
    ask_staff_notice='"Send the question to staff" sends it with ID and phone numbers hidden and without your name.',
    sent_to_staff="Your question was sent to staff, without your name. They only see the question, with ID and phone numbers masked, and the day.",
    hours="Opening hours: {hours}.",
    closed="It is closed now and opens again at {at}.",
    holiday="It is closed today and opens again at {at}.",
    at_today="{time} today",
    at_day="{time} on {weekday}, {date}",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    days="{first} to {last}",
)


def card_words(say: Sentences) -> CardSentences:
    """The table for the language of some sentences."""
    return CARDS_EN if say is ENGLISH else CARDS_VI
