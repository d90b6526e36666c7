"""The base held against the official pages, where a copy of them is at hand."""
