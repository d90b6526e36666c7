"""What people type on the command line, made into text that can be printed, stored and sent."""

import click


def plain(text: str) -> str:
    """The text with everything that UTF-8 cannot carry replaced by question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def plain_value(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """The same for an argument or option of a command."""
    return None if value is None else plain(value)
