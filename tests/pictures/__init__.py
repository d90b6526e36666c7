"""Pictures for the README, made from the real program."""
