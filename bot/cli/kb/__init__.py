"""`motcua kb`: the knowledge base checked, tried, read and kept."""

import click

from bot.cli.later import Later, LaterGroup

COMMANDS = {
    "check": Later("bot.cli.kb.check", "check", "Tìm mọi lỗi và điều nên xem lại trong các tệp YAML."),
    "warm": Later("bot.cli.kb.warm", "warm", "Đọc và đếm sẵn mọi thứ, để lần chạy sau nhanh."),
    "test": Later("bot.cli.kb.test", "trial", "Hỏi bot các câu hỏi thử của bộ tri thức."),
    "show": Later("bot.cli.kb.show", "show", "Xem một mục: từng ý, nguồn, ngày, và dòng để sửa."),
    "new": Later("bot.cli.kb.new", "new", "Tạo khung một thủ tục từ mã, hoặc một hướng dẫn."),
    "init": Later("bot.cli.kb.init", "init", "Tạo bản riêng của bộ tri thức để sửa."),
    "upgrade": Later("bot.cli.kb.upgrade", "upgrade", "Đưa bản mới của bộ tri thức vào bản riêng của đơn vị."),
    "export": Later("bot.cli.kb.export", "export", "Ghi bộ tri thức ra bảng tính để sửa."),
    "import": Later("bot.cli.kb.import_", "import_", "Đưa bảng tính đã sửa vào bộ tri thức."),
    "catalogue": Later(
        "bot.cli.kb.catalogue", "catalogue", "Danh mục mọi thủ tục chính thức: tên, mã, nơi giải quyết."
    ),
    "impact": Later("bot.cli.kb.impact", "impact", "Những mục và ý dựa vào một văn bản."),
    "stale": Later("bot.cli.kb.stale", "stale", "Nguồn đọc đã lâu; ý sắp hết hạn hoặc đã hết hạn."),
    "diff": Later("bot.cli.kb.diff", "diff", "Hai bộ tri thức khác nhau ở đâu, nói bằng lời."),
    "schema": Later("bot.cli.kb.schema", "schema", "Khuôn của các tệp YAML, để VS Code gợi ý và báo lỗi khi gõ."),
}


@click.group(cls=LaterGroup, later=COMMANDS, short_help="Kiểm tra và chăm sóc bộ tri thức.")
def kb() -> None:
    """Kiểm tra và chăm sóc bộ tri thức."""
