"""Editing a base with tools: files changed in place, an office's copy kept up with releases, a workbook and back."""
