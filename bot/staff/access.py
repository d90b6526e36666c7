"""Who is signed in: a session that the server keeps by its hash, and a cookie that only this site is given."""

from starlette.requests import Request
from starlette.responses import Response

from bot.passes import SESSION_LASTS, hash_of, new_key
from bot.staff.site import Site
from bot.storage import Member

COOKIE = "motcua"
FIRM = "__Host-motcua"  # a browser takes it by HTTPS alone, from this very host, and no neighbour can set it


def cookie_of(site: Site) -> str:
    """The name of the cookie."""
    return FIRM if site.address.encrypted else COOKIE


def member_of(site: Site, request: Request) -> Member | None:
    """Who sends a request, with the role they have now; None for a stranger, and for who is no longer staff."""
    key = request.cookies.get(cookie_of(site))
    return site.staff.session(hash_of(key), site.clock()) if key else None


def open_session(site: Site, request: Request, member: Member, response: Response) -> None:
    """Sign in: always with a key that nobody had before; the session of an old cookie ends."""
    _end(site, request)
    key, now = new_key(), site.clock()
    site.staff.open_session(member.id, hash_of(key), now, now + SESSION_LASTS)
    lasts = int(SESSION_LASTS.total_seconds())
    secure = site.address.encrypted
    response.set_cookie(cookie_of(site), key, lasts, path="/", secure=secure, httponly=True, samesite="lax")


def close_session(site: Site, request: Request, response: Response) -> None:
    """Sign out: the key is worth nothing any more, wherever it was copied to."""
    _end(site, request)
    response.delete_cookie(cookie_of(site), path="/", secure=site.address.encrypted, httponly=True, samesite="lax")


def _end(site: Site, request: Request) -> None:
    key = request.cookies.get(cookie_of(site))
    if key:
        site.staff.close_session(hash_of(key))
