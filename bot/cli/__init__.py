"""The command line: every command in one list, and the only place where the rooms are joined."""

import io
import os
import sys

import click

from bot import __version__
from bot.cli.later import Later, LaterGroup
from bot.errors import MotCuaError

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is wanted, and looking for them takes 50 ms

COMMANDS = {
    "chat": Later("bot.cli.chat", "chat", "Hỏi đáp ngay trong cửa sổ dòng lệnh, không cần mạng."),
    "ask": Later("bot.cli.ask", "ask", "Trả lời một câu hỏi, hoặc cả tệp câu hỏi."),
    "run": Later("bot.cli.run", "run", "Chạy bot trên Telegram."),
    "review": Later("bot.cli.review", "review", "Xem và xử lý các câu chưa trả lời được."),
    "log": Later("bot.cli.log", "log", "Tìm trong nhật ký câu hỏi, xuất CSV."),
    "kb": Later("bot.cli.kb", "kb", "Kiểm tra và chăm sóc bộ tri thức."),
    "evaluate": Later("bot.cli.evaluate", "evaluate", "Đo bot trên các tệp câu hỏi đã ghi sẵn câu trả lời đúng."),
    "schema": Later("bot.cli.schema", "schema", "Khuôn dạng (JSON Schema) của dữ liệu vào ra."),
    "staff": Later("bot.cli.staff", "staff", "Chạy trang web cho cán bộ; thêm, bớt cán bộ."),
    "webhook": Later("bot.cli.webhook", "webhook", "Báo cho Telegram biết đẩy tin tới đâu."),
    "health": Later("bot.cli.health", "health", "Xem bot có nối được tới Telegram không."),
    "privacy": Later("bot.cli.privacy", "privacy", "Thử xem bot che dữ liệu cá nhân thế nào; đổi khóa."),
    "db": Later("bot.cli.db", "db", "Sao lưu, khôi phục, kiểm tra, dọn cơ sở dữ liệu."),
    "doctor": Later("bot.cli.doctor", "doctor", "Khám mọi thứ bot cần: token, Telegram, dữ liệu, sao lưu, ổ đĩa, giờ."),
    "report": Later("bot.cli.report", "report_command", "Làm báo cáo tháng, quý, năm: Word, Excel, PDF, CSV."),
    "opendata": Later("bot.cli.opendata", "opendata", "Ghi dữ liệu mở: số câu hỏi theo tháng, và bộ tri thức."),
    "qr": Later("bot.cli.qr", "qr", "Làm áp phích có mã QR để đặt ở quầy."),
}


@click.group(
    cls=LaterGroup,
    later=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="motcua")
@click.option(
    "--config", "config_path", type=click.Path(dir_okay=False), help="Tệp cấu hình (mặc định: config.yaml nếu có)."
)
@click.pass_context
def cli(context: click.Context, config_path: str | None) -> None:
    """Một Cửa: trả lời câu hỏi của người dân về thủ tục hành chính."""
    context.obj = config_path


def main() -> None:
    """Run the command line; what a person can mend is told in words, with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a redirected Windows console knows no Vietnamese
    try:
        cli(standalone_mode=False)
    except MotCuaError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except OSError as error:
        click.echo(f"Không ghi ra được: {error.strerror}.", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
