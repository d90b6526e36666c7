"""Speed and memory: measured here, never asserted in a test."""
