"""The pieces of an interface string that are no language: placeholders, template tags, markup, addresses."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from translate.spans import Span

# Which pieces there are, in the order in which they are looked for; beside each the string that forced it. A percent
# sign is a directive only with its letter right behind it, so that “100 % of” and “100% sure” stay percentages.
_GRAMMAR = [
    ("template", r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"),  # Hello, {{ user.name|title }}; {% url 'about' %}
    ("variable", r"\$\{[^{}]*\}|(?<!\w)\$[A-Za-z_]\w*"),  # Region ${region}
    ("url", r"(?:https?|ftp)://[^\s<>\"'«»]*[^\s<>\"'«».,;:!?)\]}]|mailto:[^\s<>\"']+"),
    ("email", r"[\w.+-]+@[\w-]+\.[\w.-]*\w"),
    ("tag", r"</?[A-Za-z][\w:-]*(?:\s+[^<>]*)?/?>|<!--.*?-->"),  # <a href="%(url)s">
    ("entity", r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]+);"),  # News&nbsp;feed
    ("format", r"%\([^()\s]+\)[-+#0]*\d*(?:\.\d+)?[a-zA-Z]"),  # %(count)d articles
    ("format", r"%(?:\d+\$)?[-+#0]*\d*(?:\.\d+)?(?:hh|h|ll|l|z|j|t)?[sdiufgxXcrp](?![a-zA-Zа-яё])"),  # %1$s of %d
    ("format", r"%%"),
    ("brace", r"\{(?:[^\W\d]\w*|\d*)(?:\.[^\W\d]\w*|\[[^\]{}]+\])*(?:![rsa])?(?::[^{}]*)?\}"),  # {count:,} readers
]
# “<file>” in a usage line is a word to translate; a tag is an element of HTML, or shows itself as one.
_ELEMENTS = re.compile(
    "a|abbr|article|aside|audio|b|blockquote|br|button|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|footer|"
    "form|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|label|legend|li|main|mark|nav|ol|optgroup|p|picture|pre|q|s|samp|"
    "section|select|small|span|strong|sub|summary|sup|svg|table|tbody|td|textarea|th|thead|tr|tt|u|ul|video|wbr",
    re.I,
)
_NUMBERED = ("format", r"%L?\d{1,2}|%n")  # “%1 of %2”, in entries flagged qt-format or kde-format
_KIND_OF_GROUP = {f"g{number}": kind for number, (kind, _rule) in enumerate([*_GRAMMAR, _NUMBERED])}
_PIECES = re.compile("|".join(f"(?P<g{n}>{rule})" for n, (_kind, rule) in enumerate(_GRAMMAR)), re.S)
_WITH_NUMBERED = re.compile(f"{_PIECES.pattern}|(?P<g{len(_GRAMMAR)}>{_NUMBERED[1]})", re.S)
_ACCESS_KEYS = {
    "&": re.compile(r"(?<!&)&(?=[^\W_])(?!\w+;)"),  # &Search, E&xit; not R && D, not News&nbsp;feed
    "_": re.compile(r"(?<![\w_])_(?=[^\W_])(?!\w*_)"),  # _Search; not file_name, not _private_
}
_WITHIN = re.compile(r"_(?=[^\W_])")  # Se_arch, in catalogs that mark access keys so
_PLAINLY = re.compile(r"(?<![\w_])_(?=[^\W_])(?!\w*_)|(?<![A-Za-z_])[A-Z][a-z]*_(?=[a-z]+\b)")
_CYRILLIC = re.compile("[Ѐ-ӿ]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that a translation keeps as it is.

    Args:
        kind: template, variable, url, email, tag, entity, format or brace.
        span: code points of the text.
        text: the piece.
    """

    kind: str
    span: Span
    text: str


def pieces(text: str, flags: Collection[str] = ()) -> list[Piece]:
    """Find the pieces of a text, ordered and not overlapping.

    Args:
        text: a msgid or msgstr.
        flags: of the entry; `no-python-format` and the like turn a kind off, `qt-format` turns %1 on.
    """
    numbered = any(flag in flags for flag in ("qt-format", "kde-format", "qt-plural-format"))
    found = []
    for match in (_WITH_NUMBERED if numbered else _PIECES).finditer(text):
        kind = _KIND_OF_GROUP[match.lastgroup or ""]
        if kind == "format" and {"no-python-format", "no-c-format"} & set(flags):
            continue
        if kind == "tag" and not _is_tag(match.group(), text):
            continue
        if kind == "brace" and "no-python-brace-format" in flags:
            continue
        found.append(Piece(kind, Span(match.start(), match.end()), match.group()))
    return found


def _is_tag(piece: str, text: str) -> bool:
    name = re.sub(r"^</?", "", piece).split("/")[0].split(">")[0].split()[0] if piece[1:2] != "!" else ""
    return (
        not name or _ELEMENTS.fullmatch(name) is not None or "=" in piece or piece.endswith("/>")
        or piece.startswith("</") or f"</{name}>" in text
    )  # fmt: skip


def is_marked(text: str, mark: str) -> bool:
    """Tell whether a text has an access key for certain: “Se_arch”, and not “uint32_t” or “ip_addr”."""
    return len((_PLAINLY if mark == "_" else _ACCESS_KEYS[mark]).findall(text)) == 1


def access_key(text: str, mark: str, *, within: bool = False) -> int | None:
    """Return where the mark of an access key stands, `&` or `_` right before a letter; None for none or several.

    Args:
        text: a msgid or msgstr.
        mark: "&" or "_".
        within: take an underscore within a word for a mark too.
    """
    found = list((_WITHIN if within and mark == "_" else _ACCESS_KEYS[mark]).finditer(text))
    if within and mark == "_" and _CYRILLIC.search(text):  # «по адресу ip_addr»: a name in a Russian text
        found = [m for m in found if _CYRILLIC.match(text, m.end()) or not text[: m.start()][-1:].isalpha()]
    return found[0].start() if len(found) == 1 else None


def without_access_key(text: str, mark: str) -> str:
    """Take the mark of an access key out."""
    at = access_key(text, mark)
    return text if at is None else text[:at] + text[at + 1 :]


def with_access_key(text: str, mark: str) -> str:
    """Put the mark before the first letter that is not part of a placeholder."""
    taken = pieces(text)
    for at, letter in enumerate(text):
        if letter.isalpha() and not any(p.span.start <= at < p.span.stop for p in taken):
            return text[:at] + mark + text[at:]
    return text
