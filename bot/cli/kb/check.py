"""`motcua kb check`: all errors and warnings of the knowledge base at once."""

from itertools import groupby

import click

from bot.cli.office import Office
from bot.errors import Fault
from bot.knowledge import Knowledge, Report, Topic, broken, examine


@click.command(short_help="Tìm mọi lỗi và điều nên xem lại trong các tệp YAML.")
@click.option("--no-warnings", is_flag=True, help="Chỉ in lỗi; điều nên xem lại chỉ đếm.")
@click.pass_obj
def check(config_path: str | None, no_warnings: bool) -> None:
    """Đọc mọi tệp, báo tất cả cùng lúc: tệp, dòng, khóa, cách sửa.

    Lỗi: bot không chạy, lệnh kết thúc với mã 2. Cảnh báo: nên xem lại, bot vẫn chạy.
    """
    office = Office(config_path)
    report = examine(office.folder, office.config.local, office.today, office.shelf)
    if report.knowledge:
        click.echo(f"{office.folder}: không có lỗi. {_counted(report.knowledge)}.")
    _tell_warnings(report, no_warnings)
    if report.errors:
        raise broken(office.folder, report.errors)


def _counted(knowledge: Knowledge) -> str:
    phrases = sum(len(p.phrases) for p in knowledge.procedures) + sum(len(g.phrases) for g in knowledge.guides)
    return (
        f"{len(knowledge.procedures)} thủ tục, {len(knowledge.guides)} hướng dẫn, {phrases} cách hỏi, "
        f"{len(knowledge.laws)} văn bản, phiên bản {knowledge.version}"
    )


def _tell_warnings(report: Report, only_counted: bool) -> None:
    """By topic, the gravest first; under each in the order of the files."""
    topics = list(Topic)
    warnings = sorted(report.warnings, key=lambda fault: topics.index(Topic(fault.topic)))
    groups = [(topic, list(faults)) for topic, faults in groupby(warnings, key=lambda fault: fault.topic)]
    if not groups:
        return
    click.echo(f"\n{len(warnings)} cảnh báo, bot vẫn chạy: {'; '.join(f'{t.lower()} {len(f)}' for t, f in groups)}.")
    for topic, faults in groups if not only_counted else ():
        _tell(topic, faults)


def _tell(topic: str, faults: list[Fault]) -> None:
    click.echo(f"\n{topic} ({len(faults)}):")
    for fault in faults:
        click.echo(f"  {fault}")
