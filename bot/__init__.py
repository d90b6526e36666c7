"""Một Cửa answers citizens' questions about administrative procedures."""

__version__ = "0.1.0"
