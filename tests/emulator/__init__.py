"""A Bot API emulator for the end-to-end tests: telemelya keeps messages and files, teremok checks the limits.

Start it by hand with ``python -m tests.emulator PORT``, or from a test with ``tests.emulator.client.Emulator``.
"""

TOKEN = "123456789:TEST"
