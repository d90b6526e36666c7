"""Lists of values in a statement that SQLite and PostgreSQL both read."""

from collections.abc import Iterable


def marks(values: Iterable[object], prefix: str = "v") -> tuple[str, dict[str, object]]:
    """The text after IN and its values: "(:v0, :v1)"; of no values, what nothing is in."""
    named = {f"{prefix}{number}": value for number, value in enumerate(values)}
    return (f"({', '.join(f':{name}' for name in named)})" if named else "(NULL)"), named
