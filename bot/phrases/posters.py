"""What stands on a poster for the counter: Vietnamese to be read from a metre, and one small English line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PosterSentences:
    """One kind of poster; words in braces are put in when it is drawn."""

    heading: str
    scan: str
    opens: tuple[str, str]
    where: str
    otherwise: str
    english: str
    english_named: str


PROCEDURE_POSTER = PosterSentences(
    heading="Hỏi về thủ tục",
    scan="Quét mã để xem",
    opens=("giấy tờ cần có, lệ phí,", "thời hạn, nơi nộp hồ sơ"),
    where="Bot trả lời trên Telegram",
    otherwise="Không quét được? Hãy tìm tên này trong Telegram.",
    english="Scan to see papers, fees, time and where to apply, in Telegram.",
    english_named="{name}: scan to open in Telegram.",
)

GUIDE_POSTER = PosterSentences(
    heading="Hướng dẫn",
    scan="Quét mã để xem",
    opens=("những điều cần biết,", "những việc cần làm"),
    where=PROCEDURE_POSTER.where,
    otherwise=PROCEDURE_POSTER.otherwise,
    english="Scan to read what to know and what to do, in Telegram.",
    english_named=PROCEDURE_POSTER.english_named,
)
