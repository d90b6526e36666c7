"""`motcua kb test`: the base asked its own questions; with `--on`, its answers as they will be on another day."""

import datetime
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from bot.answers import Outcome
from bot.cli.office import Office
from bot.cli.tables import show
from bot.errors import MotCuaError, StorageError
from bot.knowledge import Knowledge
from bot.phrases import VIETNAMESE
from bot.trial import (
    Change,
    Given,
    Kind,
    Memory,
    Shift,
    Tally,
    Tried,
    Verdict,
    by_field,
    changes,
    recall,
    remember,
    said,
    shifts,
    tally,
    tried,
)

DAY = click.DateTime(["%Y-%m-%d"])
BELOW = 1  # the exit code of a base that is right too seldom
LISTED = {
    Verdict.WRONG: "Trả lời sai",
    Verdict.MISSED: "Không ra mục cần tìm",
    Verdict.ANSWERED: "Không nên trả lời mà trả lời",
    Verdict.OFFERED: "Không nên trả lời mà đưa ra lựa chọn",
}
OUTCOMES = {
    Outcome.ANSWER: "trả lời",
    Outcome.CHOOSE: "cho chọn",
    Outcome.UNKNOWN: "chưa biết",
    Outcome.ROUTE: "câu có sẵn",
    Outcome.FOREIGN: "không phải tiếng Việt",
}
KINDS = {
    Kind.WITHHELD: "không nêu mức thu cũ nữa",
    Kind.WARNED: "thêm lời nhắc",
    Kind.CHANGED: "đổi lời",
}


@click.command("test", short_help="Hỏi bot các câu hỏi thử của bộ tri thức.")
@click.option("--on", "day", type=DAY, help="Chỉ liệt kê câu trả lời sẽ khác vào ngày này (năm-tháng-ngày).")
@click.option("--json", "as_json", is_flag=True, help="In một đối tượng JSON.")
@click.option(
    "--fail-under", type=click.FloatRange(0, 100), help="Mã thoát 1 nếu số câu trả lời đúng thấp hơn mức này (%)."
)
@click.pass_obj
def trial(config_path: str | None, day: datetime.datetime | None, as_json: bool, fail_under: float | None) -> None:
    """Hỏi bot mọi câu trong questions/*.yaml. In số câu đúng, câu sai và câu đổi kết quả so với lần chạy trước."""
    office = Office(config_path)
    if day is not None:
        if fail_under is not None:
            raise click.UsageError("--on chỉ so hai ngày, không chấm câu hỏi: bỏ --fail-under.")
        _on(office, day.date(), as_json)
        return
    results = _asked(office)
    path = _memory_path(office)
    memory = _recalled(path)
    changed = list(changes(memory, results)) if memory else []
    remember(path, office.knowledge.version, results)
    _tell(office.knowledge, results, memory, changed, as_json)
    right = tally(results).share(Verdict.RIGHT)
    if fail_under is not None and 100 * right < fail_under:
        click.echo(f"Đúng {_percent(right)}, thấp hơn mức {_number(fail_under)} %.", err=True)
        sys.exit(BELOW)


def _asked(office: Office) -> list[Tried]:
    questions = office.knowledge.questions
    if not questions:
        raise MotCuaError(f"Chưa có câu hỏi thử nào: hãy viết vào {office.folder / 'questions'}, mỗi lĩnh vực một tệp.")
    console = Console(stderr=True)
    asked = track(tried(office.desk), "Đang hỏi", len(questions), console=console, transient=True)
    return list(asked if console.is_terminal else tried(office.desk))


def _memory_path(office: Office) -> Path:
    """Beside the database: the base itself may be a copy that nobody can write to."""
    base = f"{office.folder.resolve()}\0{office.config.local}"
    return office.config.database_path.parent / "kb-test" / f"{hashlib.sha256(base.encode()).hexdigest()[:12]}.json"


def _recalled(path: Path) -> Memory | None:
    try:
        return recall(path)
    except StorageError as error:
        click.echo(str(error), err=True)
        return None


def _tell(
    knowledge: Knowledge, results: list[Tried], memory: Memory | None, changed: list[Change], as_json: bool
) -> None:
    if as_json:
        _echo_json(_object(knowledge, results, memory, changed))
        return
    click.echo("\n".join(_summary(tally(results))))
    click.echo()
    rows = [_row(field, counted) for field, counted in by_field(results, knowledge).items()]
    show(("Lĩnh vực", "Câu", "Đúng", "Chọn", "Sai", "Không ra", "Đúng phần hỏi"), rows, "")
    for verdict, heading in LISTED.items():
        _listed(heading, [_wrong(result) for result in results if result.verdict is verdict])
    if memory is None:
        click.echo("\nLần chạy đầu: lần sau sẽ nêu câu nào đổi kết quả.")
    else:
        _listed("Đổi kết quả so với lần chạy trước", [_changed(change) for change in changed])
        if not changed:
            click.echo("\nKhông câu nào đổi kết quả so với lần chạy trước.")


def _summary(total: Tally) -> Iterator[str]:
    yield f"{total.answerable + total.negative} câu hỏi thử, {total.answerable} câu có mục trả lời:"
    yield f"  đúng     {_part(total, Verdict.RIGHT)}: trả lời ngay, đúng mục"
    yield f"  chọn     {_part(total, Verdict.HELPED)}: cho chọn, trong đó có mục đúng"
    yield f"  sai      {_part(total, Verdict.WRONG)}: trả lời bằng mục khác"
    yield f"  không ra {_part(total, Verdict.MISSED)}"
    yield f"{total.negative} câu không mục nào trả lời:"
    yield f"  giữ im   {_part(total, Verdict.QUIET)}"
    yield f"  cho chọn {_part(total, Verdict.OFFERED)}"
    yield f"  trả lời  {_part(total, Verdict.ANSWERED)}"
    facets = f"{total.facets_right}/{total.facets_asked}, {_percent(total.facet_share)}"
    yield f"Phần được hỏi (lệ phí, giấy tờ …): đúng {facets}"


def _part(total: Tally, verdict: Verdict) -> str:
    return f"{total.counts[verdict]:>5}  {_percent(total.share(verdict)):>7}"


def _row(field: str, counted: Tally) -> tuple[str, ...]:
    verdicts = (Verdict.RIGHT, Verdict.HELPED, Verdict.WRONG, Verdict.MISSED)
    numbers = (str(counted.counts[v]) for v in verdicts)
    return field, str(counted.answerable), *numbers, f"{counted.facets_right}/{counted.facets_asked}"


def _listed(heading: str, texts: Sequence[str]) -> None:
    if texts:
        click.echo(f"\n{heading} ({len(texts)}):")
        click.echo("\n".join(texts))


def _wrong(result: Tried) -> str:
    entries = (" và " if result.question.both else " / ").join(result.question.wanted)
    wanted = f"cần {entries}, " if result.verdict in (Verdict.WRONG, Verdict.MISSED) else ""
    return f"  {said(result.question)}\n      {wanted}bot {_given(result.given)}"


def _changed(change: Change) -> str:
    now = change.now
    return f"  {said(now.question)}\n      trước: {_given(change.before)}\n      nay:   {_given(now.given)}"


def _given(given: Given) -> str:
    facets = f" ({', '.join(given.facets)})" if given.facets else ""
    return " ".join([OUTCOMES[given.outcome], *([" / ".join(given.shown)] if given.shown else [])]) + facets


def _on(office: Office, day: datetime.date, as_json: bool) -> None:
    today = office.today
    found = list(shifts(office.knowledge, today, day))
    if as_json:
        listed = [_shift_object(shift) for shift in found]
        _echo_json({"from": today.isoformat(), "on": day.isoformat(), "answers": listed})
        return
    entries = len({shift.entry for shift in found})
    click.echo(f"Ngày {day:%d/%m/%Y} so với hôm nay {today:%d/%m/%Y}: {len(found)} câu trả lời khác, ở {entries} mục.")
    for shift in found:
        whole = "Cả bài hướng dẫn" if shift.entry in office.knowledge.guides_by_id else "Tóm tắt"
        facet = VIETNAMESE.facets[shift.facet] if shift.facet else whole
        click.echo(f"\n{shift.entry} · {facet}: {KINDS[shift.kind]}")
        for sign, lines in (("-", shift.gone), ("+", shift.new)):
            click.echo("".join(f"  {sign} {text}\n" for text in lines), nl=False)


def _shift_object(shift: Shift) -> dict[str, object]:
    return {
        "entry": shift.entry,
        "name": shift.name,
        "facet": shift.facet,
        "kind": shift.kind,
        "before": shift.before,
        "after": shift.after,
    }


def _object(
    knowledge: Knowledge, results: list[Tried], memory: Memory | None, changed: list[Change]
) -> dict[str, object]:
    return {
        "knowledge": knowledge.version,
        "knowledge_before": memory.knowledge if memory else None,
        "total": _tally_object(tally(results)),
        "fields": {field: _tally_object(counted) for field, counted in by_field(results, knowledge).items()},
        "results": [_result_object(result) for result in results],
        "changed": [{**_result_object(change.now), "before": change.before.model_dump()} for change in changed],
    }


def _result_object(result: Tried) -> dict[str, object]:
    return {
        "question": result.question.question,
        **result.question.model_dump(include={"after", "also", "both", "learned"}, exclude_defaults=True),
        "expect": result.question.expect,
        "facets": result.question.facets,
        "verdict": result.verdict,
        "facets_right": result.facets_right,
        "given": result.given.model_dump(),
    }


def _tally_object(counted: Tally) -> dict[str, object]:
    return {
        "answerable": counted.answerable,
        "negative": counted.negative,
        **{verdict.value: counted.counts[verdict] for verdict in Verdict},
        "right_share": round(counted.share(Verdict.RIGHT), 4),
        "facets_asked": counted.facets_asked,
        "facets_right": counted.facets_right,
    }


def _echo_json(content: dict[str, object]) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


def _percent(share: float) -> str:
    return f"{_number(round(100 * share, 1))} %"


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")
