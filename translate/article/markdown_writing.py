"""Markdown written: an article's source with the Russian in it, or an article of another form laid out as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import regex

from translate.article.blocks import Article, Block, BlockKind, Mark
from translate.article.bylines import read_byline
from translate.article.front_matter import with_title
from translate.article.inline import Anchored
from translate.article.markdown import place_markdown
from translate.article.markdown_parser import parser
from translate.article.plain import captioned, written_date
from translate.article.splicing import BREAKABLE, Edit, SourceText, Splicer, Translated, Translations
from translate.article.stamps import written_stamp
from translate.article.templates import cover
from translate.spans import Span

_SPECIAL = regex.compile(r"[\\`*_\[\]<&~!|:{$^]")
# What begins a list, a heading, a quotation, a table or a rule where a line begins with it.
_BLOCK_START = regex.compile(r"[#>+*=~:|`<-]|\d{1,9}[.)]|!!!")
_CHANGED = regex.compile(r"(?:last )?(?:updated|modified)\b", regex.I)
_LEAST_WIDTH = 40


def splice_markdown(source: SourceText, path: Path, translations: Translations, language: str, *, dated: bool) -> str:
    """Return a Markdown file with its sentences translated and everything else as it stood.

    A paragraph wrapped at a column is wrapped there again; one with a line a sentence keeps its lines.

    Args:
        source: the file, with "\\n" at the line ends.
        path: its name.
        translations: its sentences; those that came back as they went leave their place untouched.
        language: of the translation.
        dated: True to write the line of author and date in that language.
    """
    placed = place_markdown(source.text, path)
    splicer = Splicer(source, placed.values, translations)
    edits = [edit for anchored in placed.anchored for edit in _edits(splicer, anchored)]
    if dated:
        edits += [edit for anchored in placed.signed if (edit := signature(anchored, language, translations))]
        edits += [edit for anchored in placed.labels if (edit := labelled(anchored, language))]
    return splicer.splice(edits)


# Each with what it is called under a picture in Russian news.
_LABELS = {
    "photo": "Фото", "foto": "Фото", "image": "Фото", "picture": "Фото", "credit": "Фото", "courtesy": "Фото",
    "video": "Видео", "graphic": "Графика", "map": "Карта", "illustration": "Иллюстрация", "screenshot": "Скриншот",
}  # fmt: skip
_LABEL_WORD = regex.compile("|".join(_LABELS), regex.I)


def labelled(anchored: Anchored, language: str) -> Edit | None:
    """Return the edit that writes the “Photo by” of a credit in another language; the name after it stays as it is."""
    label = anchored.block.text
    found = _LABEL_WORD.search(label)
    if language != "ru" or found is None:
        return None
    word = _LABELS[found[0].lower()]
    word = word.lower() if label[0].islower() else word.upper() if label.isupper() and len(label) > 2 else word
    return Edit(anchored.place(Span(0, len(label))), f"{word} ©" if label.endswith("©") else f"{word}:")


def signature(anchored: Anchored, language: str, translations: Translations) -> Edit | None:
    """Return the edit that writes a line of author, place and date in another language.

    A date that is stamped (“Updated March 3, 2024, 3:15 GMT”) keeps its time; a place without a date is set in alone.
    """
    line = anchored.block.text
    by = read_byline(line, under_a_headline=True)
    if not anchored.starts:
        return None
    if stamp := written_stamp(line, language):
        return Edit(anchored.place(Span(0, len(line))), stamp)
    if by is None or _CHANGED.match(line):
        return None
    place = " ".join(sentence.target for sentence in translations.get("place", ())) if by.where else ""
    if not by.when:  # ALMATY (AP) —
        at = line.find(by.where)
        return Edit(anchored.place(Span(at, at + len(by.where))), place) if place and at >= 0 else None
    text = ", ".join(part for part in (by.who, place or by.where, written_date(by.when, language)) if part)
    return Edit(anchored.place(Span(0, len(line))), text)


def _edits(splicer: Splicer, anchored: Anchored) -> list[Edit]:
    sentences = splicer.sentences(anchored)
    changed = [sentence for sentence in sentences if not sentence.is_unchanged]
    if not changed:
        return []
    if _is_wrapped(splicer.source, anchored, sentences):
        return [_wrapped(splicer, anchored, sentences)]
    return [_single(splicer, anchored, sentence) for sentence in changed]


def _single(splicer: Splicer, anchored: Anchored, sentence: Translated) -> Edit:
    edit = splicer.printed(anchored, sentence, lambda text, mark: _written(text, mark, anchored, splicer.source))
    text = edit.text.replace(BREAKABLE, " ")
    # an escape is a blemish where none is needed, so the words are tried as they are
    if "\\" in text:
        bare = splicer.printed(anchored, sentence, lambda text, _mark: text)
        if _reads_as(bare.text.replace(BREAKABLE, " "), sentence, anchored):
            edit, text = bare, bare.text.replace(BREAKABLE, " ")
    if sentence.span.start == 0 and _begins_line(splicer.source, edit.span.start):
        text = _not_a_block(text)
    return Edit(edit.span, text)


def _begins_line(source: str, at: int) -> bool:
    line = source[source.rfind("\n", 0, at) + 1 : at]
    return not regex.search(r"[\w#|*_\[]", line.lstrip("0123456789.)"))


def _not_a_block(text: str) -> str:
    if not _starts_block(text):
        return text
    number = regex.match(r"\d+", text)
    return f"{number[0]}\\{text[number.end() :]}" if number else f"\\{text}"


def _starts_block(text: str) -> bool:
    return bool(regex.match(r"(?:#{1,6}|[-+*>]|\d{1,9}[.)])(?=\s)|>|(?:[-*_=]\s*){3,}$|`{3}|~{3}|:\s|!!!\s", text))


def _written(text: str, mark: Mark | None, anchored: Anchored, source: str) -> str:
    """Write a piece of translated text: code as it is, other words with what means something in Markdown escaped."""
    if mark and mark.kind == "code":
        ticks = source.startswith("`", anchored.fences[mark.number].opening.start)
        return text if ticks else _without_markup(text)
    written = _without_markup(text)
    return written.replace("|", "\\|") if anchored.block.kind is BlockKind.CELL else written


def _reads_as(written: str, sentence: Translated, anchored: Anchored) -> bool:
    """Tell that a sentence written without escapes reads as it should: the same words, as many marks."""
    if anchored.block.kind is BlockKind.CELL and "|" in sentence.target:
        return False
    tokens = parser().parseInline(written)[0].children or []
    text = "".join(t.content if t.type in ("text", "text_special", "code_inline") else "" for t in tokens)
    marks = sum(
        t.type in ("em_open", "strong_open", "s_open", "link_open", "code_inline", "html_inline") for t in tokens
    )
    wanted = sum(m.span.start < m.span.stop and m.kind not in ("break", "tag") for m in sentence.marks)
    return " ".join(text.split()) == " ".join(sentence.target.split()) and marks == wanted


def _is_wrapped(source: str, anchored: Anchored, sentences: list[Translated]) -> bool:
    """Tell a paragraph whose lines end within its sentences."""
    broken = [m.span.start for m in anchored.block.marks if m.kind == "break"]
    for sentence in sentences:
        for n in range(sentence.span.start, sentence.span.stop):
            if (
                anchored.block.text[n] == " "
                and n not in broken
                and "\n" in source[anchored.starts[n] : anchored.stops[n]]
            ):
                return True
    return False


def _wrapped(splicer: Splicer, anchored: Anchored, sentences: list[Translated]) -> Edit:
    """Set the sentences of a wrapped paragraph in and wrap it again at the width it had."""
    source = splicer.source
    pieces: list[str] = []
    start = at = -1
    for sentence in sentences:
        place = splicer.place(anchored, sentence.span)
        if sentence.is_unchanged:
            own = anchored.block.marks
            marks = tuple(_cut_to(mark, sentence.span) for mark in own if _touches(mark.span, sentence.span))
            made = Translated(sentence.span, sentence.source, sentence.target, marks)
        else:
            made = sentence
        edit = splicer.printed(anchored, made, lambda text, mark: _breakable(text, mark, anchored, source))
        gap = splicer.emit(Span(at, place.start)) if at >= 0 else ""
        pieces += [BREAKABLE if gap.isspace() and not gap.startswith(("  ", "\\")) else gap, edit.text]
        start, at = (place.start if start < 0 else start), place.stop
    first = source.rfind("\n", 0, start) + 1
    last = source.find("\n", at)
    lines = source[first : last if last >= 0 else len(source)].split("\n")
    width = max(_LEAST_WIDTH, *(len(line) for line in lines))
    text = _filled("".join(pieces), width, start - first, _prefix(source, anchored))
    text = text.replace("\n", splicer.newline) if splicer.newline != "\n" else text
    return Edit(Span(start, at), text)


def _cut_to(mark: Mark, span: Span) -> Mark:
    start, stop = max(mark.span.start, span.start), min(mark.span.stop, span.stop)
    return Mark(Span(start - span.start, max(stop, start) - span.start), mark.kind, mark.href, mark.number)


def _touches(mark: Span, span: Span) -> bool:
    if mark.start == mark.stop:
        return span.start < mark.start < span.stop
    return mark.overlaps(span)


def _breakable(text: str, mark: Mark | None, anchored: Anchored, source: str) -> str:
    written = _written(text, mark, anchored, source)
    if mark and mark.kind == "code":
        return written
    # the blanks of a tag are its own: “{{ site.name }}” stays in one line
    return "".join(BREAKABLE if seen == " " else own for seen, own in zip(cover(written), written, strict=True))


def _prefix(source: str, anchored: Anchored) -> str:
    """Return what stands before the second line of a paragraph: the signs of its quotation, the blanks of its list."""
    for n, (start, stop) in enumerate(zip(anchored.starts, anchored.stops, strict=True)):
        gap = source[start : anchored.starts[n + 1]] if n + 1 < len(anchored.starts) else ""
        if "\n" in source[start:stop] and not regex.search(r"[^\s>]", gap):
            return gap.rpartition("\n")[2]
    return ""


def _filled(text: str, width: int, column: int, prefix: str) -> str:
    """Break a text at its breakable blanks; no line begins with what would begin a block."""
    lines: list[str] = []
    line = ""
    used = column
    for word in text.split(BREAKABLE):
        first, newline, rest = word.rpartition("\n")
        needed = len(word.partition("\n")[0])
        if line and used + 1 + needed > width and not _BLOCK_START.match(word):
            lines.append(line)
            line, used = word, len(prefix) + needed
        else:
            line += (" " if line else "") + word
            used += (1 if used > column or line != word else 0) + needed
        if newline:
            used = len(rest) + len(prefix) * (not first)
    return f"\n{prefix}".join([*lines, line])


def write_markdown(article: Article) -> str:
    """Return the article alone as Markdown: front matter as it stood but for its title, head, captions, body.

    What `read_markdown` reads comes out with the same blocks, marks and words; the author's own line breaks, table
    rules and escapes do not.
    """
    front = with_title(article.front_matter, article.title) if article.title else article.front_matter
    who = article.byline if article.byline not in front else ""
    when = written_date(article.date, article.language) if article.date not in front else ""
    place = article.place if article.place not in who else ""
    signed = ", ".join(part for part in (who, place, when) if part)
    parts = [front.rstrip("\n")]
    parts += [f"# {_escaped(article.title)}"] if article.title else []
    parts += [f"*{_escaped(signed)}*"] if signed else []
    parts += [_image(caption, article.language) for caption in article.captions]
    text = "\n\n".join(part for part in parts if part)
    before: Block | None = None
    for block in article.blocks:
        # A number other than 1 right below a bullet would be read as more of the bullet's text.
        close = (
            before and before.kind is block.kind is BlockKind.LIST_ITEM and bool(before.ordinal) == bool(block.ordinal)
        )
        text += ("\n" if close else "\n\n" if text else "") + _laid_out(block)
        before = block
    return text + "\n"


def inline_markdown(text: str, marks: Iterable[Mark]) -> str:
    """Return a text with its marks as Markdown; a link over nothing becomes an arrow after the text.

    Of marks that overlap without one lying in the other, the one that begins first is kept whole.
    """
    out: list[str] = []
    stack: list[Mark] = []
    at = 0

    def close(until: int) -> None:
        nonlocal at
        while stack and stack[-1].span.stop <= until:
            mark = stack.pop()
            out.append(_raw(text[at : mark.span.stop], [*stack, mark]))
            at = mark.span.stop
            out.append(_fences(mark, text)[1])

    for mark in sorted(marks, key=lambda m: (m.span.start, -m.span.stop)):
        if mark.span.start == mark.span.stop or mark.kind not in ("link", "code", *_FENCES):
            continue
        close(mark.span.start)
        if stack and mark.span.stop > stack[-1].span.stop:
            continue
        out.append(_raw(text[at : mark.span.start], stack))
        at = mark.span.start
        out.append(_fences(mark, text)[0])
        stack.append(mark)
    close(len(text))
    out.append(_raw(text[at:], ()))
    out += [f" [↗]({_address(m.href)})" for m in marks if m.kind == "link" and m.span.start == m.span.stop]
    return "".join(out)


_FENCES = {"strong": "**", "emphasis": "*", "deleted": "~~"}


def _fences(mark: Mark, text: str) -> tuple[str, str]:
    if mark.kind == "link":
        return "[", f"]({_address(mark.href)})"
    if mark.kind != "code":
        return _FENCES[mark.kind], _FENCES[mark.kind]
    code = mark.span.of(text)
    ticks = "`" * (1 + max((len(run) for run in regex.findall("`+", code)), default=0))
    blank = " " if code.startswith("`") or code.endswith("`") else ""
    return ticks + blank, blank + ticks


def _raw(text: str, marks: Iterable[Mark]) -> str:
    return text if any(mark.kind == "code" for mark in marks) else _escaped(text)


def _address(href: str) -> str:
    return f"<{href}>" if regex.search(r"[\s()<>]", href) else href


def _escaped(text: str) -> str:
    """Escape what Markdown would take for markup: *, _ at a word's edge, brackets, backticks, a leading # or 1."""
    text = _without_markup(text)
    return regex.sub(r"^([#>+-]+|\d+(?=[.)]))", lambda m: f"{m[1]}\\" if m[1][0].isdigit() else f"\\{m[1]}", text)


def _without_markup(text: str) -> str:
    return regex.sub(r"[\\`*\[\]<~]|(?<!\w)_|_(?!\w)|&(?=[#\w]+;)", r"\\\g<0>", text)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _image(caption: Block, language: str) -> str:
    text = captioned(caption, language)
    href = next((m.href for m in caption.marks if m.kind == "image"), "")
    if not href:
        return f"*{_escaped(text)}*"
    return f"![{_escaped(text)}]({_address(href)})"


def _laid_out(block: Block) -> str:
    if block.kind is BlockKind.CODE:
        fence = "`" * max(3, 1 + max((len(run) for run in regex.findall("`+", block.text)), default=0))
        return f"{fence}{next((m.href for m in block.marks), '')}\n{block.text}\n{fence}"
    text = inline_markdown(block.text, block.marks)
    if block.kind is BlockKind.HEADING:
        return "#" * max(block.level, 1) + " " + text
    if block.kind is BlockKind.QUOTE:
        return "> " * max(block.level, 1) + text
    if block.kind is BlockKind.LIST_ITEM:
        return "    " * (block.level - 1) + (f"{block.ordinal}. " if block.ordinal else "- ") + text
    return text
