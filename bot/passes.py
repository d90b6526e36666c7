"""Keys that a browser carries: 256 bits each, of which only the hash is kept; a link to sign in, and a session."""

import datetime
import hashlib
import secrets

KEY_BYTES = 32
LINK_LASTS = datetime.timedelta(minutes=5)
SESSION_LASTS = datetime.timedelta(hours=12)  # a working day: who comes in the morning signs in once
SIGN_IN = "/dang-nhap/"


def new_key() -> str:
    """A key that nobody can guess, fit for an address and a cookie."""
    return secrets.token_urlsafe(KEY_BYTES)


def hash_of(key: str) -> str:
    """What is kept of a key: of one so long, no slow hash is needed."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def sign_in_address(url: str, key: str) -> str:
    """Where a key signs in, on the pages that are reached at `url`."""
    return url.rstrip("/") + SIGN_IN + key
