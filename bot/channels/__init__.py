"""Channels: each turns its own messages into questions for the desk, and replies into its own messages."""
