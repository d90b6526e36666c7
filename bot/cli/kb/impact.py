"""`motcua kb impact`: what rests on a document of law."""

import click

from bot.cli.office import Office
from bot.cli.plain import plain
from bot.cli.tables import show
from bot.curation import Shelf, everywhere, known_numbers, near_numbers
from bot.curation import impact as resting_on
from bot.curation.impact import plain_number
from bot.curation.words import day
from bot.errors import MotCuaError
from bot.procedures import Law

HEADINGS = ("Mục", "Tên", "Phần", "Nội dung", "Dựa vào qua", "Sửa ở")


@click.command(short_help="Những mục và ý dựa vào một văn bản.")
@click.argument("number", metavar="SỐ_HIỆU", nargs=-1, required=True)
@click.pass_obj
def impact(config_path: str | None, number: tuple[str, ...]) -> None:
    """Liệt kê mọi mục và từng ý dựa vào văn bản SỐ_HIỆU, ví dụ 75/2022/TT-BTC.

    Viết hoa hay thường, có dấu cách hay không đều được. Tìm trong bản chung và trong quy định riêng của mọi địa phương.
    """
    shelves = everywhere(Office(config_path).folder)
    wanted = plain(" ".join(number))
    name = _known(shelves, wanted)
    found = resting_on(shelves, name)
    law = shelves[0].knowledge.laws.get(name)
    click.echo(f"{name}{_about(law)}")
    rows = [(r.id, r.name, r.group, r.words, r.through, r.at) for r in found]
    show(HEADINGS, rows, "Chưa mục nào dựa vào văn bản này.")
    if found:
        entries = len({r.id for r in found})
        click.echo(f"\n{entries} mục, {len(found)} ý. Xem cả mục: motcua kb show ID")


def _known(shelves: tuple[Shelf, ...], wanted: str) -> str:
    """The number as the base writes it."""
    numbers = sorted({number for shelf in shelves for number in known_numbers(shelf.knowledge)})
    same = [number for number in numbers if plain_number(number) == plain_number(wanted)]
    if same:
        return same[0]
    near = near_numbers(numbers, wanted)
    mend = f"Có phải bạn tìm: {'; '.join(near)}" if near else "Hãy xem các số hiệu trong laws.yaml."
    raise MotCuaError(f"Bộ tri thức không nhắc đến văn bản {wanted}. {mend}")


def _about(law: Law | None) -> str:
    if law is None:
        return ": chưa có trong laws.yaml"
    parts = [law.title or "chưa ghi tên trong laws.yaml"]
    parts += [f"hiệu lực từ {day(law.effective_from)}"] if law.effective_from else []
    parts += [f"hết hiệu lực sau ngày {day(law.effective_until)}"] if law.effective_until else []
    return f": {', '.join(parts)}"
