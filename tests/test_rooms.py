"""The house keeps its order: arrows point down, no circle of any kind, one outside library in one room."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "bot"
FLOORS = (
    {"errors", "passes", "roles", "text", "procedures", "phrases", "cache", "hours"},
    {"yamlfile", "catalogue", "persons"},
    {"config", "knowledge", "language", "privacy", "reload", "storage"},
    {"matching", "curation", "editing", "exports", "places", "grouping"},
    {"answers", "figures"},
    {"replies", "turns", "posters", "opendata"},
    {"desk"},
    {"reception"},
    {"whereabouts"},
    {"contract", "counter", "explain", "finding", "trial", "quick", "monitoring"},
    {"review"},
    {"commands", "reports"},
    {"channels", "staff"},
    {"cli"},
    {"__main__"},
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
HOME = {
    "telegram": "channels.telegram",
    "sqlite_utils": "storage",
    "rapidfuzz": "matching knowledge.likeness",
    "langdetect": "language",
    "yaml": "yamlfile",
    "click": "cli",
    "rich": "cli",
    "openpyxl": "editing reports",
    "docx": "reports",
    "matplotlib": "reports",
    "segno": "posters",
    "fpdf": "posters reports",
    "fontTools": "posters",
    "starlette": "staff channels.telegram",
    "jinja2": "staff",
    "markupsafe": "staff",
    "uvicorn": "staff channels.telegram",
    "httpx": "channels.telegram",
    "aiohttp": "channels.telegram",
    "aiohttp_socks": "channels.telegram",
    "uvloop": "cli",
    "limits": "channels.telegram",
    "phonenumbers": "privacy",
    "prometheus_client": "monitoring",
}


def modules() -> dict[str, str]:
    """Their texts: trees of all of them would be in the way of every other test."""
    paths = [p for p in ROOT.rglob("*.py") if "_base" not in p.parts]
    return {".".join(p.relative_to(ROOT).with_suffix("").parts): p.read_text("utf-8") for p in paths}


def imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Constant) and str(node.value).startswith("bot."):  # commands that are read later
            names.add(str(node.value))
    return names


MODULES = modules()
IMPORTS = {name: imported(ast.parse(text)) for name, text in MODULES.items()}


def inside(name: str) -> set[str]:
    """Our own modules that a module imports, `TYPE_CHECKING`, late imports and those by name included."""
    own = {i.removeprefix("bot.") for i in IMPORTS[name] if i.startswith("bot.")}
    known = {i for i in own if i in MODULES} | {f"{i}.__init__" for i in own if f"{i}.__init__" in MODULES}
    return known - {name}


def room(module: str) -> str:
    return module.split(".")[0]


def test_imports_are_seen_however_they_are_made() -> None:
    assert "cli.kb.check" in inside("cli.kb.__init__")
    assert {"cli.ask", "cli.kb.__init__"} <= inside("cli.__init__")
    assert {"desk", "quick", "storage.__init__"} <= inside("cli.office")


def test_every_room_stands_on_a_floor() -> None:
    assert {room(m) for m in MODULES if m != "__init__"} == set(FLOOR)


@pytest.mark.parametrize("module", sorted(m for m in MODULES if m != "__init__"))
def test_arrows_point_down(module: str) -> None:
    upward = [i for i in inside(module) if room(i) != room(module) and FLOOR[room(i)] >= FLOOR[room(module)]]
    assert upward == []


def test_no_import_circle() -> None:
    graph = {name: inside(name) for name in MODULES}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join([*path, name])
        if name not in done:
            for other in graph[name]:
                visit(other, (*path, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize(("library", "home"), HOME.items())
def test_one_library_lives_in_one_room(library: str, home: str) -> None:
    users = {m for m, names in IMPORTS.items() if any(n == library or n.startswith(f"{library}.") for n in names)}
    assert users, f"{library} is used nowhere"
    assert all(any(user == room or user.startswith(f"{room}.") for room in home.split()) for user in users)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_begins_with_a_sentence_and_stays_small(module: str) -> None:
    tree = ast.parse(MODULES[module])
    assert "." in (ast.get_docstring(tree) or "")
    assert ast.unparse(tree).count("\n") <= 330
