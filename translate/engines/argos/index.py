"""The index of packages to install: the only module that opens a connection, and only when a user asks for it.

`argostranslate.networking` has no time-out and keeps a 100 MB download in memory; here a broken download goes on
where it stopped. The index names no checksums: the connection is what vouches for a package.
"""

from __future__ import annotations

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import regex

from translate.errors import EngineError
from translate.messages import _

TIMEOUT = 20.0  # seconds without a byte
ATTEMPTS = 4
PAUSE = 1.0  # seconds before the second attempt, doubled each time
MOST_INDEX = 20 << 20
MOST_ARCHIVE = 4 << 30
_CHUNK = 1 << 16

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Available:
    """A package the index offers.

    Args:
        source, target: ISO 639 codes.
        source_name, target_name: in English.
        version: of the package.
        links: addresses of the archive, all the same file.
    """

    source: str
    target: str
    source_name: str
    target_name: str
    version: str
    links: tuple[str, ...]


def index_address() -> str:
    """Return where the index is: $ARGOS_PACKAGE_INDEX, Argos's settings.json, or Argos's default."""
    from argostranslate import settings

    return str(settings.package_index).rstrip("/") + "/index.json"


def available() -> list[Available]:
    """Fetch the index.

    Raises:
        EngineError: no connection, or no index behind the address.
    """
    address = index_address()
    try:
        with _opened(address, {}) as answer:
            raw = answer.read(MOST_INDEX + 1)
    except (OSError, http.client.HTTPException, _CutError) as error:
        raise EngineError(
            _("the index does not come: {what}").format(what=error or "time-out"), path=address
        ) from error
    try:
        entries = json.loads(raw)
        if len(raw) > MOST_INDEX or not isinstance(entries, list):
            raise ValueError("not a list of packages")
    except (ValueError, RecursionError) as error:
        raise EngineError(_("not an index of Argos packages: {error}").format(error=error), path=address) from error
    found = [_available(entry) for entry in entries if isinstance(entry, dict)]
    return sorted((a for a in found if a), key=lambda a: (a.source, a.target, a.version))


def _available(entry: dict[str, Any]) -> Available | None:
    keys = ("from_code", "to_code", "from_name", "to_name", "package_version")
    source, target, source_name, target_name, version = (str(entry.get(key) or "") for key in keys)
    named = entry.get("links")
    links = [link for link in named if isinstance(link, str)] if isinstance(named, list) else []
    links = [link for link in links if not _fault(link)]
    if entry.get("type", "translate") != "translate" or not (source and target and links):
        return None
    if not (_CODE.fullmatch(source) and _CODE.fullmatch(target) and _VERSION.fullmatch(version)):
        return None
    return Available(source, target, _plain(source_name), _plain(target_name), version, tuple(links))


_CODE = regex.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})?")
_VERSION = regex.compile(r"[\w.+-]{0,20}")
_NO_NAME = regex.compile(r"[^\p{L}\p{M}\p{N} ,.()’'-]+")


def _plain(name: str) -> str:
    """Return a language's name without what no name has: escape sequences, line breaks, direction marks."""
    return " ".join(_NO_NAME.sub(" ", name).split())[:60]


def _fault(link: str) -> str:
    """Say why an address is not to be fetched, "" if it may be: plain http, or a number in place of a host's name.

    A number may lead into the user's own network, and no certificate of a public host is for one. The environment
    variable TOLMACH_ANY_LINK=1 allows both, for an index of one's own.
    """
    if _NO_ADDRESS.search(link):
        return "not an address"
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return "not an address"
    if os.environ.get("TOLMACH_ANY_LINK") == "1":
        return "" if parts.scheme in {"http", "https"} and host else "not an http address"
    if parts.scheme != "https":
        return "not an https address"
    if parts.username or "@" in parts.netloc:
        return "an address with a user's name in it"
    if "." not in host or host.endswith((".local", ".localhost", ".internal")) or _NUMBER.fullmatch(host):
        return "the address of no public host"
    return ""


_NO_ADDRESS = regex.compile(r"[^!-~]")  # addresses are ASCII without blanks, RFC 3986
_NUMBER = regex.compile(r"[\d.]+|0x[\da-f.x]+|\[?[\da-f:.]*:[\da-f:.]*\]?", regex.IGNORECASE)


def download(package: Available, folder: Path, progress: Progress = lambda done, total: None) -> Path:
    """Download a package's archive; what an earlier run got is kept and continued.

    Args:
        package: from the index.
        folder: for the archive and its unfinished part.
        progress: called with bytes so far and in all (0 where the server does not say).

    Raises:
        EngineError: every link failed.
    """
    from filelock import FileLock

    name = regex.sub(r"[^\w.-]+", "_", f"translate-{package.source}_{package.target}-{package.version}")
    failure: EngineError | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f"{name}.lock"):
            for link in package.links:
                try:
                    return _fetch(link, folder / f"{name}.argosmodel", progress)
                except EngineError as error:
                    failure = error
    except OSError as error:
        raise EngineError(
            _("cannot keep the download: {what}").format(what=error.strerror or error), path=folder
        ) from error
    assert failure is not None
    raise failure


def _fetch(link: str, target: Path, progress: Progress) -> Path:
    part = target.with_suffix(".part")
    for attempt in range(ATTEMPTS):
        try:
            _continue(link, part, progress)
            return part.replace(target)
        except _StaleError:
            part.unlink(missing_ok=True)
        except (TimeoutError, ConnectionError, http.client.HTTPException, _CutError) as error:
            if attempt == ATTEMPTS - 1:
                hint = _("run the command again: it goes on where it stopped")
                raise EngineError(
                    _("the download broke off: {what}").format(what=error or "time-out"), path=link, hint=hint
                ) from error
            time.sleep(PAUSE * 2**attempt)
    raise AssertionError("unreachable")


class _CutError(Exception):
    """The server closed the connection early or is in trouble: worth another attempt."""


class _StaleError(_CutError):
    """What was fetched before is no part of the file any more."""


def _continue(link: str, part: Path, progress: Progress) -> None:
    """Fetch what is missing of a file; the server's tag makes sure that both halves are of one file."""
    tag_file = part.with_suffix(".tag")
    have = part.stat().st_size if part.exists() and tag_file.exists() else 0
    headers = {"Range": f"bytes={have}-", "If-Range": tag_file.read_text(encoding="utf-8")} if have else {}
    with _opened(link, headers) as answer:
        if not answer.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
            have = 0  # the server sends the whole file
        length = answer.headers.get("Content-Length", "")
        total = have + int(length) if length.isdecimal() else 0
        if total > MOST_ARCHIVE:
            raise EngineError(_("more than {most_archive:,} MB").format(most_archive=MOST_ARCHIVE >> 20), path=link)
        tag = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        if tag and not tag.startswith("W/"):
            tag_file.write_text(tag, encoding="utf-8")
        else:
            tag_file.unlink(missing_ok=True)
        with part.open("ab" if have else "wb") as file:
            while block := answer.read(_CHUNK):
                file.write(block)
                have += len(block)
                if have > MOST_ARCHIVE:
                    raise EngineError(
                        _("more than {most_archive:,} MB").format(most_archive=MOST_ARCHIVE >> 20), path=link
                    )
                progress(have, total)
    if total and have < total:
        raise _CutError(f"{have:,} of {total:,} bytes")
    tag_file.unlink(missing_ok=True)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follow redirects, but never from https to a connection that vouches for nothing."""

    def redirect_request(  # noqa: PLR0917
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """Refuse a redirect that leaves https."""
        if req.type == "https" and urlsplit(newurl).scheme != "https":
            raise EngineError(_("redirected away from https"), path=newurl)
        if fault := _fault(newurl):
            raise EngineError(_("redirected to what is {fault}").format(fault=fault), path=newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opened(address: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    if fault := _fault(address):
        hint = _("for an index of your own: TOLMACH_ANY_LINK=1")
        raise EngineError(_("refused: {fault}").format(fault=fault), path=address, hint=hint)
    request = urllib.request.Request(address, headers={"User-Agent": "tolmach", **headers})
    try:
        answer: http.client.HTTPResponse = urllib.request.build_opener(_Redirects).open(request, timeout=TIMEOUT)
        return answer
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and "Range" in headers:
            raise _StaleError("the file has changed on the server") from error
        if error.code >= http.HTTPStatus.INTERNAL_SERVER_ERROR or error.code == http.HTTPStatus.TOO_MANY_REQUESTS:
            raise _CutError(f"the server says {error.code} {error.reason}") from error
        raise EngineError(
            _("the server says {code} {reason}").format(code=error.code, reason=error.reason), path=address
        ) from error
    except urllib.error.URLError as error:
        hint = _("only this command needs a connection; or copy an .argosmodel file here: tolmach models install FILE")
        raise EngineError(_("no connection: {reason}").format(reason=error.reason), path=address, hint=hint) from error
