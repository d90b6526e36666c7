"""What each figure counts, in one sentence; pages, messages, reports and open data say it in these very words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """A figure's name and what it counts."""

    title: str
    sentence: str


OUTCOMES = {
    "direct": Definition("Trả lời thẳng", "Câu mà bot đưa ngay một mục, không hỏi lại."),
    "picked": Definition("Người hỏi tự chọn", "Câu mà bot đưa ra vài mục và người hỏi đã bấm chọn một."),
    "asked_back": Definition("Hỏi lại, chưa chọn", "Câu mà bot hỏi lại một điều và người hỏi chưa bấm gì."),
    "offered": Definition("Đưa ra, chưa chọn", "Câu mà bot đưa ra vài mục và người hỏi chưa bấm mục nào."),
    "none_of_these": Definition("Không phải cái nào", "Câu mà người hỏi bấm nút này và sau đó không chọn gì."),
    "unknown": Definition("Chưa trả lời được", "Câu mà bot nói là chưa biết, hoặc câu không nói về việc gì."),
    "off_topic": Definition("Ngoài thủ tục", "Câu về chuyện không cơ quan nào làm, hoặc lời thô tục."),
    "routed": Definition("Lời đáp có sẵn", "Câu chào, khẩn cấp, tòa án, hồ sơ riêng, hỏi về xã phường."),
    "foreign": Definition("Tiếng nước ngoài", "Câu không viết bằng tiếng Việt mà bot không hiểu được."),
    "erased": Definition("Đã xóa theo yêu cầu", "Câu mà người hỏi đã bảo xóa: chỉ còn ngày hỏi."),
}
FIGURES = {
    "questions": Definition("Câu hỏi", "Mọi câu người dân gửi cho bot trong kỳ, tính theo ngày ở cơ quan."),
    "persons": Definition(
        "Người hỏi",
        "Số bí danh khác nhau trong kỳ; bí danh thay mới theo kỳ đổi khóa, nên người hỏi qua hai kỳ khóa tính hai lần.",
    ),
    "unlinked": Definition("Câu không rõ của ai", "Câu của người không cho nối các câu của mình, hoặc ngoài Telegram."),
    "disputed": Definition("Bị bấm 👎", "Câu có lời đáp bị bấm 👎; câu này vẫn tính ở kết quả của nó."),
    "latency": Definition("Thời gian đáp", "Số mili giây đủ cho bot soạn lời đáp của nửa số câu, và của 95% số câu."),
    "outside": Definition("Ngoài giờ làm việc", "Phần câu hỏi gửi lúc cơ quan đóng cửa, theo giờ trong cấu hình."),
    "procedures": Definition("Mục được hỏi nhiều", "Số câu được trả lời thẳng hoặc được chọn cho từng mục."),
    "fields": Definition("Theo lĩnh vực", "Số câu được trả lời thẳng hoặc được chọn, theo lĩnh vực của mục."),
    "facets": Definition("Hỏi về điều gì", "Số câu hỏi rõ về từng phần; một câu hỏi hai phần tính ở cả hai."),
    "channels": Definition("Theo kênh", "Số câu theo nơi gửi."),
    "languages": Definition("Theo tiếng", "Số câu theo tiếng mà bot nhận ra."),
    "hours": Definition("Theo giờ", "Số câu theo giờ trong ngày ở cơ quan."),
    "rising": Definition("Đang tăng", "Mục được hỏi nhiều hơn hẳn kỳ trước: ít nhất 5 câu và ít nhất gấp rưỡi."),
    "online": Definition("Mức độ trực tuyến", "Số câu về thủ tục trực tuyến toàn trình, một phần, chưa, không rõ."),
    "waiting": Definition("Nhóm đang chờ", "Nhóm câu chưa trả lời được còn mở lúc này, bất kể kỳ nào."),
    "settled": Definition("Nhóm đã xử lý", "Nhóm mà cán bộ xử lý xong hoặc bỏ qua trong kỳ."),
    "waited": Definition("Từ câu hỏi đến trả lời", "Số giờ từ lúc hỏi đến lúc có lời đáp, của câu được đáp trong kỳ."),
    "told": Definition("Đã báo lại", "Tin báo có câu trả lời cho người nhờ báo, lập trong kỳ, theo kết quả gửi."),
    "feedback": Definition("Đánh giá", "Lượt 👍, 👎 và báo sai trong kỳ, kèm lý do; mỗi lời đáp mỗi người một lượt."),
    "coverage": Definition(
        "Độ phủ", "Số thủ tục của nơi này trong danh mục chính thức đã nhập, và bao nhiêu trong đó đã có mục."
    ),
    "base": Definition("Bộ tri thức", "Số mục lúc này, trong đó: đọc nguồn đã hơn một năm, sắp hết hạn, chưa thử."),
}
