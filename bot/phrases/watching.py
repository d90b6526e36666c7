"""What is said to a citizen about a question that staff settle: its code, being told, the answer, a bot that rests."""

from dataclasses import dataclass

from bot.phrases.english import ENGLISH
from bot.phrases.sentences import Sentences


@dataclass(frozen=True)
class WatchSentences:
    """One language; words in braces are put in when they are said."""

    code: str
    tell_answered: str
    tell_mended: str
    offer: str
    watching: str
    already_told: str
    nowhere_to_tell: str
    lookup_hint: str
    lookup_unknown: str
    lookup_too_often: str
    lookup_waiting: str
    lookup_taken: str
    lookup_ignored: str
    lookup_changed: str
    your_question: str
    your_report: str
    answered_now: str
    mended_now: str
    staff_say: str
    thanks: str
    still_wrong: str
    you_are_welcome: str
    queued_again: str
    kept_watches: str
    kept_watch_question: str
    kept_watch_mended: str
    kept_told: str
    paused: str
    paused_contact: str


WATCH_VI = WatchSentences(
    code="Mã của câu hỏi: {code}. Xem đã có câu trả lời chưa, lúc nào cũng được: /tracuu {code}",
    tell_answered="Báo cho tôi khi có câu trả lời",
    tell_mended="Báo cho tôi khi sửa xong",
    offer='Nút "{label}": bot giữ số cuộc trò chuyện này để báo cho bạn một lần, báo xong thì xóa.',
    watching="Bot sẽ báo cho bạn ở đây, một lần. Đến lúc đó bot giữ số cuộc trò chuyện này, để riêng với câu hỏi; báo xong thì xóa. Xem những gì đang giữ: /dulieucuatoi. Thôi không cần báo: /xoadulieu",
    already_told="Câu hỏi này đã có câu trả lời, không cần đợi báo nữa. Bạn hỏi lại ở đây sẽ thấy.",
    nowhere_to_tell="Bot chỉ báo được trong cuộc trò chuyện riêng với bạn.",
    lookup_hint="Gõ /tracuu và mã gồm sáu chữ, số mà bot đã đưa khi bạn gửi câu hỏi cho cán bộ.",
    lookup_unknown="Không có câu hỏi nào mang mã này. Bạn xem lại mã trong tin nhắn của bot (không có số 0, số 1, chữ O, I, L).",
    lookup_too_often="Bạn đã gõ sai mã nhiều lần. Hãy đợi một phút rồi thử lại.",
    lookup_waiting="Chưa có câu trả lời. Câu hỏi đang trong danh sách chờ của cán bộ.",
    lookup_taken="Chưa có câu trả lời. Cán bộ đang xem câu hỏi này.",
    lookup_ignored="Cán bộ đã xem và không trả lời câu hỏi này ở đây. Bạn hãy hỏi trực tiếp nơi tiếp nhận.",
    lookup_changed="Đã có câu trả lời trong bot. Bạn hỏi lại ở đây, ghi rõ tên việc, sẽ thấy.",
    your_question='Bạn đã hỏi: "{question}"',
    your_report='Bạn đã báo thông tin về "{name}" chưa đúng.',
    answered_now="Câu hỏi của bạn nay đã có câu trả lời.",
    mended_now='Thông tin về "{name}" mà bạn báo đã được sửa.',
    staff_say="Cán bộ trả lời:",
    thanks="Cảm ơn",
    still_wrong="Vẫn chưa đúng",
    you_are_welcome="Cảm ơn bạn.",
    queued_again="Câu hỏi đã trở lại danh sách chờ của cán bộ.",
    kept_watches="Bạn nhờ báo ({count}):",
    kept_watch_question='{date}: khi có câu trả lời cho "{question}"',
    kept_watch_mended='{date}: khi sửa xong "{name}"',
    kept_told='{date}: câu trả lời cho "{question}", đã gửi hoặc đang gửi',
    paused="Bot đang bảo trì nên tạm thời chưa trả lời được: {words}",
    paused_contact="Bạn hãy quay lại sau, hoặc hỏi trực tiếp: {contact}.",
)

WATCH_EN = WatchSentences(
    code="Code of your question: {code}. To see at any time whether it is answered: /lookup {code}",
    tell_answered="Tell me when it is answered",
    tell_mended="Tell me when it is corrected",
    offer='"{label}": the bot keeps the number of this chat to tell you once, and then erases it.',
    watching="The bot will tell you here, once. Until then it keeps the number of this chat, apart from your question; then it is erased. To see what is kept: /mydata. To be told no longer: /erase",
    already_told="This question is answered, there is nothing to wait for. Ask again here to see the answer.",
    nowhere_to_tell="The bot can only tell you in a private chat.",
    lookup_hint="Type /lookup and the code of six letters and digits that the bot gave you with your question to staff.",
    lookup_unknown="No question has this code. Please look at the code in the bot's message again (there is no 0, 1, O, I or L in it).",
    lookup_too_often="You typed a wrong code several times. Please wait a minute and try again.",
    lookup_waiting="Not answered yet. The question is waiting for staff.",
    lookup_taken="Not answered yet. Staff are looking at this question.",
    lookup_ignored="Staff have seen this question and do not answer it here. Please ask the office directly.",
    lookup_changed="The bot has an answer now. Ask again here and name the matter to see it.",
    your_question='You asked: "{question}"',
    your_report='You reported the information on "{name}".',
    answered_now="Your question now has an answer.",
    mended_now='The information on "{name}" that you reported is corrected.',
    staff_say="Staff answer:",
    thanks="Thank you",
    still_wrong="Still not right",
    you_are_welcome="Thank you.",
    queued_again="Your question is waiting for staff again.",
    kept_watches="You asked to be told ({count}):",
    kept_watch_question='{date}: when "{question}" is answered',
    kept_watch_mended='{date}: when "{name}" is corrected',
    kept_told='{date}: the answer to "{question}", sent or being sent',
    paused="The bot is being maintained and cannot answer now: {words}",
    paused_contact="Please come back later, or ask directly: {contact}.",
)


def watch_words(say: Sentences) -> WatchSentences:
    """The table for the language of some sentences."""
    return WATCH_EN if say is ENGLISH else WATCH_VI
