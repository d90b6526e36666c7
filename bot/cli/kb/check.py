"""`motcua kb check`: all faults of the knowledge base at once."""

import click

from bot.cli.office import Office


@click.command(short_help="Tìm mọi lỗi trong các tệp YAML.")
@click.pass_obj
def check(config_path: str | None) -> None:
    """Đọc mọi tệp, báo tất cả lỗi cùng lúc: tệp, dòng, khóa, cách sửa."""
    office = Office(config_path)
    knowledge = office.knowledge
    phrases = sum(len(p.phrases) for p in knowledge.procedures)
    click.echo(
        f"{office.folder}: không có lỗi. {len(knowledge.procedures)} thủ tục, {phrases} cách hỏi, "
        f"{len(knowledge.laws)} văn bản, phiên bản {knowledge.version}."
    )
