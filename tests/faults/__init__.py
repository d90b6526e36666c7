"""Breaking the running bot on purpose and counting what is lost: `python -m tests.faults`, with `--long` all of it."""
