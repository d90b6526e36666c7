"""What is said about a person's own data, language and judgement: the notice, the privacy page, erasing, thanks."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PersonSentences:
    """One language. Keys of `outcomes` are the values of Outcome; words in braces are put in."""

    notice: tuple[str, ...]
    unlinked_notice: tuple[str, ...]
    more: str
    ask: str
    agree: str
    refuse: str
    agreed: str
    refused: str
    privacy_title: str
    privacy: tuple[str, ...]
    linked: str
    not_linked: str
    privacy_commands: str
    nothing_kept: str
    kept_title: str
    kept_language: str
    kept_place: str
    kept_noticed: str
    kept_consent: Mapping[bool, str]
    kept_questions: str
    kept_judgements: str
    outcomes: Mapping[str, str]
    good: str
    bad: str
    erase_title: str
    erase_warning: str
    erase: str
    erased: str
    choose_language: str
    spoken: str
    numbers: str
    media: Mapping[str, str]


LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}

VIETNAMESE_PERSONS = PersonSentences(
    notice=(
        "Bot giữ câu hỏi (đã che số giấy tờ, số điện thoại) kèm một mã thay cho tên bạn, đến khi bạn xóa, để cán bộ bổ sung câu trả lời.",
        "Tin nhắn đi qua máy chủ Telegram ở nước ngoài.",
    ),
    unlinked_notice=(
        "Bot giữ câu hỏi (đã che số giấy tờ, số điện thoại), không kèm mã hay tên người hỏi, để cán bộ bổ sung câu trả lời.",
        "Tin nhắn đi qua máy chủ Telegram ở nước ngoài.",
    ),
    more="Tìm hiểu thêm: /quyenriengtu",
    ask="Bạn có đồng ý để bot ghi các câu hỏi của bạn dưới cùng một mã không? Khi đó bạn xem và xóa được chúng. Không đồng ý thì bot vẫn trả lời như thường.",
    agree="Đồng ý",
    refuse="Không đồng ý",
    agreed="Đã ghi nhận: từ nay câu hỏi của bạn mang cùng một mã. Đổi ý lúc nào cũng được: /quyenriengtu",
    refused="Đã ghi nhận: câu hỏi của bạn không được nối với nhau. Bot vẫn trả lời như thường. Đổi ý: /quyenriengtu",
    privacy_title="Bot giữ gì về bạn",
    privacy=(
        "• Giữ: câu hỏi đã che số giấy tờ, số điện thoại, thư điện tử; ngày hỏi; bot trả lời được hay không; ý kiến của bạn về câu trả lời; ngôn ngữ và nơi ở nếu bạn chọn; việc bạn đã được báo điều này. Nếu bạn nhờ báo khi có câu trả lời: số cuộc trò chuyện, để riêng, báo xong thì xóa.",
        "• Không giữ: tên, tên tài khoản, số tài khoản Telegram (trừ khi bạn nhờ báo), số điện thoại, ảnh, tệp, giọng nói, vị trí.",
        "• Để làm gì: cán bộ {office} bổ sung và sửa câu trả lời.",
        "• Bao lâu: nhiều nhất {months} tháng, hoặc đến khi bạn xóa.",
        "• Ở đâu: trên máy của cơ quan. Riêng tin nhắn còn đi qua và nằm lại trên máy chủ Telegram ở nước ngoài; bot không xóa được ở đó.",
        "• Đừng gửi số căn cước, mật khẩu, mã OTP. Bot không bao giờ hỏi những thứ này. Ai nhân danh bot hay cán bộ để hỏi là lừa đảo.",
    ),
    linked="Câu hỏi của bạn được ghi dưới cùng một mã thay cho tên. Không có khóa riêng của cơ quan thì không ai tính ra bạn là ai từ mã đó.",
    not_linked="Câu hỏi của bạn không được nối với nhau, nên không tìm lại được câu nào là của bạn để cho xem hay xóa.",
    privacy_commands="Xem mọi thứ đang giữ: /dulieucuatoi\nXóa hết: /xoadulieu\nĐổi ngôn ngữ: /ngonngu",
    nothing_kept="Bot không giữ gì gắn với bạn.",
    kept_title="Mọi thứ bot đang giữ về bạn",
    kept_language="Ngôn ngữ: {language}",
    kept_place="Nơi ở: {place}",
    kept_noticed="Đã báo cho bạn về việc giữ dữ liệu: ngày {date}",
    kept_consent={True: "Nối các câu hỏi: đồng ý", False: "Nối các câu hỏi: không đồng ý"},
    kept_questions="Câu hỏi, như đang ghi ({count}):",
    kept_judgements="Ý kiến của bạn ({count}):",
    outcomes={
        "answer": "đã trả lời",
        "choose": "đã đưa ra để chọn",
        "unknown": "chưa trả lời được",
        "route": "đã chỉ nơi hỏi",
        "foreign": "không phải tiếng Việt",
    },
    good="hữu ích",
    bad="chưa tốt",
    erase_title="Xóa mọi thứ bot đang giữ về bạn?",
    erase_warning="Sẽ xóa {questions} câu hỏi, {judgements} ý kiến và các lựa chọn, lời nhờ báo của bạn. Xóa rồi không lấy lại được. Chưa bấm nút thì chưa xóa gì.",
    erase="Xóa dữ liệu của tôi",
    erased="Đã xóa mọi thứ bot giữ về bạn. Chỗ cán bộ xem cũng đã xóa; bản sao lưu cũ còn giữ nhiều nhất 14 đêm. Chỉ còn con số thống kê không gắn với ai. Tin nhắn trên Telegram thì bạn tự xóa trong ứng dụng.",
    choose_language="Bot nói với bạn bằng tiếng nào?",
    spoken="Từ nay bot nói với bạn bằng tiếng Việt. Đổi lại: /ngonngu",
    numbers="Bạn đừng gửi số giấy tờ, số điện thoại, thư điện tử ở đây: bot không cần. Bot đã che đi trước khi ghi lại.",
    media={
        "photo": "Bot chỉ đọc được chữ. Bạn đừng gửi ảnh, tệp, video giấy tờ ở đây: bot không cần, không mở và không giữ lại.",
        "voice": "Bot chỉ đọc được chữ, chưa nghe được giọng nói và không giữ lại. Bạn hãy viết câu hỏi, hoặc bấm micrô trên bàn phím để máy viết hộ.",
        "contact": "Bot chỉ đọc được chữ. Bạn đừng gửi danh bạ, số điện thoại ở đây: bot không cần và không giữ lại.",
        "other": "Bot chỉ đọc được chữ. Bạn hãy viết câu hỏi. Tin vừa gửi không được giữ lại.",
    },
)

ENGLISH_PERSONS = PersonSentences(
    notice=(
        "The bot keeps questions (ID and phone numbers masked) under a code in place of your name, until you erase them, so that staff can add answers.",
        "Messages pass through Telegram's servers abroad.",
    ),
    unlinked_notice=(
        "The bot keeps questions (ID and phone numbers masked) with no name or code of who asked, so that staff can add answers.",
        "Messages pass through Telegram's servers abroad.",
    ),
    more="Learn more: /privacy",
    ask="May the bot keep your questions under one code? Then you can see and erase them. If you refuse, the bot answers just the same.",
    agree="I agree",
    refuse="I do not agree",
    agreed="Noted: from now on your questions carry one code. You can change this at any time: /privacy",
    refused="Noted: your questions are not linked to each other. The bot answers just the same. To change this: /privacy",
    privacy_title="What the bot keeps of you",
    privacy=(
        "• Kept: questions with ID numbers, phone numbers and e-mail addresses masked; the day; whether the bot could answer; what you think of answers; language and home commune if you choose them; that you were told this. If you ask to be told of an answer: the number of this chat, kept apart and erased once you are told.",
        "• Not kept: name, username, Telegram account number (unless you ask to be told), phone number, pictures, files, voice, location.",
        "• Why: staff of {office} add and correct answers.",
        "• How long: {months} months at most, or until you erase it.",
        "• Where: on a machine of the office. Messages also pass through and stay on Telegram's servers abroad; the bot cannot erase them there.",
        "• Never send ID numbers, passwords or OTP codes. The bot never asks for them. Whoever asks in its name or that of staff is a scammer.",
    ),
    linked="Your questions are kept under one code in place of your name. Nobody can tell from it who you are without the office's own key.",
    not_linked="Your questions are not linked to each other, so nobody can find which are yours to show or erase them.",
    privacy_commands="See everything kept: /mydata\nErase it all: /erase\nChange language: /language",
    nothing_kept="The bot keeps nothing that is linked to you.",
    kept_title="Everything the bot keeps of you",
    kept_language="Language: {language}",
    kept_place="Home: {place}",
    kept_noticed="You were told what is kept: on {date}",
    kept_consent={True: "Linking questions: agreed", False: "Linking questions: refused"},
    kept_questions="Questions, as stored ({count}):",
    kept_judgements="What you thought of answers ({count}):",
    outcomes={
        "answer": "answered",
        "choose": "choices offered",
        "unknown": "not answered yet",
        "route": "told where to ask",
        "foreign": "not in Vietnamese",
    },
    good="helpful",
    bad="not good",
    erase_title="Erase everything the bot keeps of you?",
    erase_warning="This erases {questions} questions, {judgements} opinions, what you chose and asked to be told of. It cannot be undone. Nothing is erased until you tap the button.",
    erase="Erase my data",
    erased="Everything the bot kept of you is erased. It is gone where staff see it too; old backups keep it for 14 nights at most. Only counts that belong to nobody remain. Messages on Telegram you erase yourself in the app.",
    choose_language="Which language should the bot speak?",
    spoken="From now on the bot speaks English to you. To change this: /language",
    numbers="Please do not send ID numbers, phone numbers or e-mail addresses here: the bot does not need them. They were masked before anything was kept.",
    media={
        "photo": "The bot reads text only. Please do not send pictures, files or videos of papers here: it does not need, open or keep them.",
        "voice": "The bot reads text only; it does not hear or keep voice messages. Please write, or tap the microphone on your keyboard to dictate.",
        "contact": "The bot reads text only. Please do not send contacts or phone numbers here: it does not need or keep them.",
        "other": "The bot reads text only. Please write your question. What you just sent is not kept.",
    },
)
