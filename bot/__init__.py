"""Một Cửa answers citizens' questions about administrative procedures."""
