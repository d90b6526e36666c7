"""The staff loop: what was not answered becomes a phrase, an entry or a few words, and those who asked are told."""
