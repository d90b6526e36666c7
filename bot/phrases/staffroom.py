"""What staff read on Telegram: tickets, what became of an answer, the daily digest. Vietnamese alone."""

STATES = {"new": "mới", "taken": "đang xử lý", "done": "xong", "ignored": "bỏ qua"}
MENU = {
    "hangdoi": "Các nhóm câu hỏi đang chờ",
    "nhan": "Nhận xử lý một nhóm: /nhan 12",
    "boqua": "Bỏ qua một nhóm, kèm lý do: /boqua 12 lý do",
    "thongke": "Số liệu: hôm nay, tuần, tháng",
    "dangnhap": "Lấy đường dẫn vào trang cán bộ",
}
REASONS = ("Không thuộc thủ tục hành chính", "Không hiểu được câu hỏi", "Hỏi thử, không có nội dung")

HEAD = "Nhóm {id}: {state}"
HEAD_TAKEN = "Nhóm {id}: {who} đang xử lý"
TOPIC = "Nhóm {id}: {wording}"
DISPUTED = 'Người dân báo thông tin về "{name}" chưa đúng.'
COUNTS = "{askers} người hỏi, {times} lần; mở ngày {date}."
ASKED = "Gửi thẳng cho cán bộ: {count} lần."
WATCHERS = "Chờ được báo: {count} người."
NOBODY_WATCHES = "Chưa ai nhờ báo."
WORDING = '• "{question}"'
WORDING_TIMES = '• "{question}" ({times} lần)'
MORE_WORDINGS = "và {count} cách hỏi khác."
HOW = "Bấm trả lời (reply) đúng tin này rồi viết: chữ bạn viết được gửi nguyên văn cho người hỏi. Tin thường trong nhóm không gửi cho ai."
ADD = "Thêm vào: {name} ({score})"
TAKE = "Nhận"
IGNORE = "Bỏ qua"
BACK = "Quay lại"
CONFIRM = "Thêm và áp dụng"
CANCEL = "Thôi"
ON_THE_PAGE = "Mở trên trang cán bộ"
WHY_IGNORE = "Nhóm {id}: vì sao bỏ qua? Lý do khác thì gõ: /boqua {id} lý do"

TAKEN = "Nhóm {id}: {who} nhận xử lý."
ALREADY_TAKEN = "Nhóm {id} đang do {who} xử lý."
ALREADY_SETTLED = "Nhóm {id} đã được xử lý trước đó ({state})."
FASTER = "Nhóm {id} vừa có người khác thay đổi. Hãy xem lại rồi làm tiếp."
IGNORED = "Nhóm {id}: {who} bỏ qua. Lý do: {reason}"
NO_SUCH = "Không có nhóm nào mang số {id}. Xem các nhóm đang chờ: /hangdoi"
NO_RIGHT = "Vai trò của bạn là {role}: chỉ xem, không xử lý được. Người quản trị đổi vai trò bằng: motcua staff add"
HOW_TAKE = "Gõ /nhan và số của nhóm, ví dụ: /nhan 12"
HOW_IGNORE = "Gõ /boqua, số của nhóm và lý do, ví dụ: /boqua 12 câu hỏi thử"

HOW_FIGURES = "Gõ /thongke hôm nay, /thongke tuần hoặc /thongke tháng."
FIGURES = "Số liệu {period}, tính đến lúc này"
FIGURES_CHART = "Câu hỏi {what}, {period}"
REPORT = "Báo cáo {period}."
NO_REPORT = "Không làm được báo cáo {period}: {why}"

QUEUE = "Đang chờ: {count} nhóm"
QUEUE_MANY = "Đang chờ: {count} nhóm. Dưới đây là {shown} nhóm đầu."
QUEUE_ROW = "{id}. {wording} ({askers} người, {age}{state})"
QUEUE_EMPTY = "Không còn nhóm câu hỏi nào chờ."
AGE_TODAY = "hôm nay"
AGE_DAYS = "{days} ngày"

SIGN_IN = "Đường dẫn vào trang cán bộ, dùng một lần, trong 5 phút, chỉ cho bạn:\n{link}\nĐừng gửi cho ai."
SIGN_IN_PRIVATE = "Lệnh này chỉ dùng trong cuộc trò chuyện riêng với bot: đường dẫn vào trang chỉ dành cho một người."
SIGN_IN_NOWHERE = (
    "Chưa có địa chỉ trang cán bộ. Hãy đặt khóa staff_url trong cấu hình, hoặc trên máy chạy bot gõ: motcua staff link"
)

ANSWER_EMPTY = "Nhóm {id}: chỉ gửi được chữ cho người hỏi. Hãy viết câu trả lời bằng chữ."
ANSWER_LONG = "Nhóm {id}: câu trả lời dài quá {most} ký tự. Hãy viết ngắn hơn."
WHICH = "Nhóm {id} có nhiều cách hỏi. Bỏ dấu chọn ở câu có ý khác; câu không chọn vẫn nằm trong hàng đợi."
WHICH_NONE_WATCHED = "Trong các câu này chưa ai nhờ báo. Ai có mã của câu được chọn sẽ đọc được khi tra mã."
WATCHED_BY = "{mark} {question} ({count} người chờ báo)"
WATCHED_BY_NONE = "{mark} {question}"
TICKED, UNTICKED = "☑", "☐"
TOGGLE = "{mark} {number}. {question}"
SEND_TO = "Gửi cho {count} người"
SEND_BY_CODE = "Ghi lại, không báo cho ai"
TOO_MANY = "Nhóm {id} có {count} cách hỏi, nhiều hơn số nút của một tin. Hãy xử lý trên trang cán bộ: motcua staff"
CHANGED = "Nhóm {id} vừa có câu hỏi mới hoặc có người xử lý. Hãy xem lại danh sách này."
NONE_TICKED = "Chưa chọn câu nào."
DRAFT_GONE = "Không còn đọc được câu trả lời (tin đã bị xóa hoặc bị sửa). Hãy trả lời lại từ đầu."

SENT_TO = "Nhóm {id}: đã gửi cho {sent} người."
SENDING_TO = "Nhóm {id}: đang gửi cho {count} người."
SENT_TO_NOBODY = (
    "Nhóm {id}: đã ghi câu trả lời, nhưng không gửi cho ai vì chưa ai nhờ báo. Ai có mã sẽ đọc được khi tra mã."
)
NOT_SENT = "Nhóm {id}: gửi được {sent}, không gửi được {count} người ({why})."
WHY_BLOCKED = "{count} người đã chặn bot"
WHY_FAILED = "{count} lần Telegram không nhận"

REHEARSING = "Nhóm {id}: đang thử thêm vào {name}…"
REHEARSED = "Nhóm {id}, thêm vào {name}:"
TRIED_ANSWERED = "Trả lời thẳng được {answered} trong {wordings} cách hỏi của nhóm."
TRIED_WORSE = "Câu hỏi mẫu bị trả lời kém đi: {count}."
TRIED_LOGGED = "Trong {asked} câu gần đây, {count} câu đổi câu trả lời."
TRIED_CHANGED = '• "{question}": {before} → {after}'
TRIED_NOTHING = "chưa trả lời"
TRIED_FINE = "Chưa ghi gì. Bấm nút để ghi vào bộ tri thức và báo cho người hỏi."
TRIED_BAD = "Chưa ghi gì, và không ghi được từ đây: hãy chọn mục khác, hoặc sửa trên trang cán bộ."
NOT_TRIED = "Nhóm {id}: lần thử này không còn. Hãy bấm lại nút thêm vào mục để thử lại."
SETTLED = "Nhóm {id}: xong."
SETTLED_BY = "Nhóm {id}: xong ({who})."
SETTLED_PHRASE = 'Đã thêm vào "{name}".'
SETTLED_ENTRY = 'Đã có mục mới "{name}".'
SETTLED_EDIT = 'Đã sửa "{name}".'
SETTLED_WORDS = "Đã trả lời bằng tay."
SETTLED_IGNORED = "Đã bỏ qua. Lý do: {reason}"
REOPENED = "Nhóm {id} được mở lại."

DIGEST = "Tổng hợp ngày {date}"
DIGEST_NEW = "Nhóm mới từ hôm qua: {count}"
DIGEST_OLDEST = "Chờ lâu nhất:"
DIGEST_RISING = "Được hỏi nhiều lên:"
DIGEST_BAD = "Báo chưa đúng, 24 giờ qua: {count}"
DIGEST_ENDING = "Hết hạn trong 30 ngày:"
DIGEST_ROW = "{id}. {wording} ({askers} người, {age})"
DIGEST_BAD_ROW = "{name}: {count}"
DIGEST_ENDING_ROW = "{name}, {fact}: {date}"
DIGEST_MORE = "và {count} việc khác"
DIGEST_HOW = "Xem tất cả: /hangdoi"
UNLOGGED = (
    "Cơ sở dữ liệu không ghi được. Bot vẫn trả lời người dân, nhưng {count} câu hỏi chưa được ghi lại. "
    "Hãy báo người giữ máy xem đĩa còn chỗ không (motcua doctor)."
)
LOGGED_AGAIN = "Cơ sở dữ liệu ghi được trở lại. Các câu hỏi chưa ghi đã được ghi bù."
