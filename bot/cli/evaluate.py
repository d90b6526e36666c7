"""`motcua evaluate`: labelled questions asked at the desk as deployed, in one table with the bars that must hold."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import track

from bot.answers import SHIPPED
from bot.cli.office import Office
from bot.cli.tables import show
from bot.trial.evaluation import Row, ask_all, grid, under_thresholds
from bot.trial.labelled import CaseSet, Names, read
from bot.trial.noise import HANDS, Hand, Noise
from bot.trial.scores import CEILINGS, Judged, Share, confusions, figures, parts, times, told, wanted_by
from bot.trial.teencode import spelled

BELOW = 1  # the exit code where a bar does not hold
CONFUSIONS = 15  # told without -v
TOTAL = "Tất cả"
HEADINGS = {
    "first": "Đúng đầu",
    "three": "Trong ba",
    "helped": "Giúp được",
    "refused": "Bỏ lửng",
    "direct": "Đáp ngay",
    "precision": "Ngay, đúng",
    "clarify": "Hỏi lại",
    "answered": "Ngoài: đáp",
    "offered": "Ngoài: chọn",
    "routed": "Ngoài: sẵn",
    "routes": "Đúng câu sẵn",
    "facets": "Phần",
    "in_order": "Đúng thứ tự",
    "follow_ups": "Hỏi tiếp",
}
NOISES = {Noise.TONELESS: "Không dấu", Noise.TYPOS: "Gõ sai", Noise.TEENCODE: "Teencode"}
UNDER_NOISE = ("first", "helped")  # columns of the table; JSON has all
TABLED = ("precision", "direct", "helped", "refused", "answered", "offered")
EXPLAINED = (
    "Đúng đầu, Trong ba: mục đúng đứng đầu, hay trong ba mục đưa ra. Giúp được: đáp đúng, hoặc cho chọn có mục đúng.",
    "Bỏ lửng: có mục mà không đưa ra. Đáp ngay: trả lời thẳng một mục. Ngay, đúng: phần đúng của những câu đáp ngay.",
    "Hỏi lại: câu phải hỏi lại, đã hỏi hoặc đã đáp đúng. Ngoài: câu không mục nào trả lời. Phần: lệ phí, giấy tờ …",
)


@dataclass
class Asked:
    """One set with what it got, typed well and badly."""

    name: str
    judged: list[Judged]
    skipped: int = 0
    noisy: dict[Noise, list[Judged]] = field(default_factory=dict)


def _bars(_context: click.Context, _option: click.Parameter, value: str | None) -> dict[str, float]:
    bars: dict[str, float] = {}
    for pair in (part for part in (value or "").split(",") if part.strip()):
        name, _, number = (word.strip() for word in pair.partition("="))
        try:
            bars[name] = float(number)
        except ValueError:
            bars[name] = -1.0
        if name not in HEADINGS or not 0 <= bars[name] <= 1:
            raise click.BadParameter(f"không hiểu {pair!r}; viết như first=0.95,answered=0.005 ({', '.join(HEADINGS)})")
    return bars


def _same(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    same: dict[str, tuple[str, ...]] = {}
    for value in values:
        code, _, entries = value.partition("=")
        if not code.strip() or not entries.strip():
            raise click.BadParameter(f"không hiểu {value!r}; viết như 1.116410=doi-can-cuoc,cap-lai-can-cuoc")
        same[code.strip()] = tuple(name.strip() for name in entries.split(","))
    return same


def _hand(_context: click.Context, _option: click.Parameter, path: str | None) -> Hand | None:
    try:
        return spelled(Path(path)) if path else None
    except (ValueError, OSError) as fault:
        raise click.BadParameter(f"không đọc được bảng teencode {fault}") from None


@click.command(short_help="Đo bot trên các tệp câu hỏi đã ghi sẵn câu trả lời đúng.")
@click.argument("paths", metavar="[TỆP]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--noise", is_flag=True, help="Đo thêm khi viết không dấu và khi gõ sai 8 % số chữ.")
@click.option("--teencode", metavar="TỆP", callback=_hand, help="Đo thêm teencode như trong bảng .csv này.")
@click.option("--parts", "in_parts", is_flag=True, help="Tách riêng các thủ tục không dùng khi chỉnh bot.")
@click.option("--table", is_flag=True, help="In thêm bảng: các ngưỡng trả lời khác thì ra sao.")
@click.option("-v", "--verbose", is_flag=True, help="Kể từng câu chưa đúng.")
@click.option("--json", "as_json", is_flag=True, help="In một đối tượng JSON.")
@click.option(
    "--same",
    metavar="MÃ=MỤC,…",
    multiple=True,
    callback=_same,
    help="Mã (hay chữ) trong tệp .tsv còn chỉ những mục nào nữa; dùng được nhiều lần.",
)
@click.option(
    "--fail-under",
    "bars",
    metavar="CỘT=MỨC,…",
    callback=_bars,
    help="Mã thoát 1 nếu số chung kém mức này, ví dụ first=0.95,precision=0.99,answered=0.005.",
)
@click.pass_obj
def evaluate(
    config_path: str | None,
    paths: tuple[Path, ...],
    noise: bool,
    teencode: Hand | None,
    in_parts: bool,
    table: bool,
    verbose: bool,
    as_json: bool,
    same: dict[str, tuple[str, ...]],
    bars: dict[str, float],
) -> None:
    """Hỏi bot mọi câu trong TỆP (.yaml như questions/, .tsv, .txt), mỗi câu như một người mới. Không có TỆP thì hỏi các
    câu thử của bộ tri thức."""
    office = Office(config_path)
    names = Names(office.desk.brain, same)
    sets = [read(path, names) for path in paths or (office.folder / "questions",)]
    hands = {**(HANDS if noise else {}), **({Noise.TEENCODE: teencode} if teencode else {})}
    asked = [_ask(office, each, hands) for each in sets]
    every = _together(asked)
    rows = _rows(asked, every, in_parts)
    grown = _grid(office, sets) if table else []
    if as_json:
        click.echo(json.dumps(_object(office, rows, every, grown), ensure_ascii=False, indent=2))
    else:
        _tell(rows, every, grown, verbose)
    failed = list(_failed(figures(every.judged), bars))
    if failed:
        click.echo("\n".join(failed), err=True)
        sys.exit(BELOW)


def _ask(office: Office, cases: CaseSet, hands: Mapping[Noise, Hand]) -> Asked:
    judged = _tracked(office, cases, cases.name, str)
    noisy = {noise: _tracked(office, cases, f"{cases.name} {NOISES[noise]}", hand) for noise, hand in hands.items()}
    return Asked(cases.name, judged, cases.skipped, noisy)


def _tracked(office: Office, cases: CaseSet, name: str, hand: Hand) -> list[Judged]:
    console, found = Console(stderr=True), ask_all(office.desk, cases.cases, hand)
    return list(track(found, name, len(cases.cases), console=console, transient=True, disable=not console.is_terminal))


def _together(asked: Sequence[Asked]) -> Asked:
    every = Asked(TOTAL, [j for each in asked for j in each.judged], sum(each.skipped for each in asked))
    for each in asked:
        for noise, judged in each.noisy.items():
            every.noisy.setdefault(noise, []).extend(judged)
    return every


def _rows(asked: Sequence[Asked], every: Asked, in_parts: bool) -> list[Asked]:
    rows = [*asked, *([every] if len(asked) > 1 else [])]
    return [part for row in rows for part in (_in_parts(row) if in_parts else (row,))]


def _in_parts(row: Asked) -> Iterator[Asked]:
    noisy = {noise: dict(parts(judged)) for noise, judged in row.noisy.items()}
    for name, judged in parts(row.judged):
        if judged:
            yield Asked(f"{row.name}, {name}", judged, 0, {noise: by_part[name] for noise, by_part in noisy.items()})


def _grid(office: Office, sets: Iterable[CaseSet]) -> list[Row]:
    cases = [case for each in sets for case in each.cases]
    several = grid()
    console = Console(stderr=True)
    found = under_thresholds(office.desk, cases, several)
    hidden = not console.is_terminal
    return list(track(found, "Các ngưỡng", len(several), console=console, transient=True, disable=hidden))


def _tell(rows: Sequence[Asked], every: Asked, grown: Sequence[Row], verbose: bool) -> None:
    noises = list(every.noisy)
    headings = ["Tập", "Câu", *HEADINGS.values()]
    headings += [f"{NOISES[noise]}: {HEADINGS[name].lower()}" for noise in noises for name in UNDER_NOISE]
    used = [name for name in HEADINGS if figures(every.judged)[name].whole]
    shown = ["Tập", "Câu", *(HEADINGS[name] for name in used), *headings[2 + len(HEADINGS) :], "ms p50", "ms p95"]
    show(tuple(shown), [tuple(_cells(row, used, noises)) for row in rows], "")
    click.echo("\n" + "\n".join(EXPLAINED))
    if every.skipped:
        click.echo(f"Không đo được {every.skipped} câu: mã của chúng không có trong bộ tri thức hay danh mục.")
    _tell_thresholds(grown)
    _tell_confusions(every.judged, verbose)


def _cells(row: Asked, used: Sequence[str], noises: Sequence[Noise]) -> Iterator[str]:
    found = figures(row.judged)
    yield row.name
    yield str(len(row.judged))
    yield from (_percent(found[name]) for name in used)
    for noise in noises:
        noisy = figures(row.noisy[noise])
        yield from (_percent(noisy[name]) for name in UNDER_NOISE)
    yield from (_number(ms) for ms in times(row.judged))


def _tell_thresholds(grown: Sequence[Row]) -> None:
    if not grown:
        return
    click.echo("\nNgưỡng: đáp ngay từ mức nào, và phải hơn mục sau bao nhiêu (→ là đang dùng)")
    rows = []
    for row in grown:
        found, now = figures(row.judged), row.thresholds
        mark = "→" if now == SHIPPED else ""
        values = (_number(now.answer_from, 2), _number(now.answer_margin, 2))
        rows.append((mark, *values, *(_percent(found[name]) for name in TABLED)))
    show(("", "Từ", "Hơn", *(HEADINGS[name] for name in TABLED)), rows, "")


def _tell_confusions(judged: Sequence[Judged], verbose: bool) -> None:
    found = confusions(judged)
    if not found:
        click.echo("\nKhông câu nào phải sửa.")
        return
    click.echo(f"\nCần → bot đưa ra ({sum(n for _, _, n in found)} câu):")
    for wanted, given, count in found if verbose else found[:CONFUSIONS]:
        click.echo(f"{count:>5}  {wanted} → {given}")
    if not verbose:
        click.echo("Thêm -v để xem từng câu.")
        return
    click.echo("\nTừng câu:")
    for one in (j for j in judged if not j.well):
        before = f"{one.case.after} → " if one.case.after else ""
        click.echo(f"  {before}{one.case.text}\n      cần {wanted_by(one.case)}, bot: {told(one.given)}")


def _failed(found: dict[str, Share], bars: dict[str, float]) -> Iterator[str]:
    for name, bar in bars.items():
        value = found[name].value
        if value is None:
            yield f"{HEADINGS[name]} ({name}): không có câu nào để đo."
        elif value > bar if name in CEILINGS else value < bar:
            side = "cao hơn" if name in CEILINGS else "thấp hơn"
            wanted = f"{100 * bar:g}".replace(".", ",")
            yield f"{HEADINGS[name]} ({name}): {_percent(found[name])} %, {side} mức {wanted} %."


def _object(office: Office, rows: Sequence[Asked], every: Asked, grown: Sequence[Row]) -> dict[str, Any]:
    return {
        "knowledge": office.knowledge.version,
        "thresholds": asdict(SHIPPED),
        "sets": [_row_object(row) for row in rows],
        "total": _row_object(every),
        "confusions": [{"wanted": w, "given": g, "count": n} for w, g, n in confusions(every.judged)],
        "wrong": [_case_object(j) for j in every.judged if not j.well],
        "table": [{**asdict(row.thresholds), **_figures_object(row.judged)} for row in grown],
    }


def _row_object(row: Asked) -> dict[str, Any]:
    median, most = times(row.judged)
    return {
        "name": row.name,
        "questions": len(row.judged),
        "skipped": row.skipped,
        **_figures_object(row.judged),
        "ms": {"p50": round(median, 3), "p95": round(most, 3)},
        **{noise.value: _figures_object(judged) for noise, judged in row.noisy.items()},
    }


def _figures_object(judged: Iterable[Judged]) -> dict[str, Any]:
    found = figures(judged)
    return {name: {"part": s.part, "whole": s.whole, "value": s.value} for name, s in found.items()}


def _case_object(judged: Judged) -> dict[str, Any]:
    case = judged.case
    return {
        "question": case.text,
        "after": case.after,
        "behaviour": case.behaviour,
        "wanted": case.wanted,
        "given": judged.given.model_dump(mode="json"),
    }


def _percent(share: Share) -> str:
    return "–" if share.value is None else _number(100 * share.value)


def _number(value: float, digits: int = 1) -> str:
    return f"{value:.{digits}f}".replace(".", ",")
