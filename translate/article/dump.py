"""The story found in a page saved as text: where prose is dense, under its headline, between menus and link lists.

No list of sites and no mark-up is left in such a file: what tells the story from the page is that stories are made
of sentences and pages of labels. See docs/why/page-dumps.md for the measurements and the layouts it was tried on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

import regex

from translate.article.bylines import Credited, is_ago, is_bio, opening_date, read_byline, read_caption
from translate.article.furniture import Furniture, furniture
from translate.article.repeats import Repeats
from translate.article.stamps import is_time
from translate.article.text import Unit


class Shape(Enum):
    """What a unit looks like, before anyone asks what it means."""

    PROSE = "a sentence or more, of eight words or more"
    SENTENCE = "a short sentence"
    ITEM = "a list item that is a sentence or nearly one"
    LABEL = "words without an end: a menu entry, a headline, a subheading"
    BYLINE = "an author or a date"
    CAPTION = "an image's text with its photographer"
    TIME = "a time of day, as in a live blog"
    AGO = "how long ago a reader wrote"
    FURNITURE = "a button, a notice"
    LIST = "the heading of a list of other stories"
    END = "the heading of the readers' comments, the footer"


@dataclass(frozen=True, slots=True)
class Sketch:
    """What was found: the head of the article, its body, and the units left over."""

    title: str = ""
    byline: str = ""
    date: str = ""
    section: str = ""
    captions: tuple[Credited, ...] = ()
    body: tuple[Unit, ...] = ()
    left: tuple[Unit, ...] = ()
    place: str = ""


_QUOTES = regex.compile(r"^[“\"«‘']+|[”\"»’']+$")
_CRUMBS = regex.compile(r"\s+[>»›/→]\s+")  # Home > Business > Energy
_BARRED = regex.compile(r"\s+[>»›/→|·]\s+")  # World | Region | Economy: no headline, and no trail either
# A menu entry is short: “Akhal-Teke: A Turkmenistan Bulletin” has four words, so has many a headline.
_HEADLINE_WORDS = 3
_HEAD_UNITS = 14


def sketch(units: list[Unit]) -> Sketch:
    """Tell the story from the page.

    A file without page furniture around the story is kept whole, to the word: only its head is read.
    """
    shapes = [_shape(unit) for unit in units]
    story = _densest(units, shapes)
    if story is None:
        return _plain(units, shapes)
    while story.start and shapes[story.start - 1] is Shape.TIME:
        story = range(story.start - 1, story.stop)
    head = _head(units, shapes, story)
    if not _is_page(units, shapes, head.first(story), story):
        return _plain(units, shapes)
    head = _signed_beside(units, shapes, range(story.stop, min(story.stop + 3, len(units))), head)
    kicker, _bar, title = ("" if head.title is None else units[head.title].text).rpartition(" | ")
    if kicker:
        head = replace(head, section=None)
    inside = _inside(units, shapes, story)
    captions = [n for n in (*head.captions, *inside) if shapes[n] is Shape.CAPTION]
    captions = [n for n in captions if not _is_stray_credit(n, units, captions)]
    inside = _without_bios(inside, units, head.byline)
    body = [*head.decks, *(n for n in inside if shapes[n] is not Shape.CAPTION)]
    used = {head.title, head.section, *head.signed, *captions, *body}
    return Sketch(
        title,
        head.byline,
        head.date,
        kicker if head.section is None else _section_name(units[head.section].text, title),
        _credited(units, captions),
        tuple(units[n] for n in body),
        tuple(unit for n, unit in enumerate(units) if n not in used),
        _place(units[n].text for n in head.signed),
    )


def _shape(unit: Unit) -> Shape:
    what = furniture(unit.text)
    if what is not None:
        return {Furniture.PASSING: Shape.FURNITURE, Furniture.LIST: Shape.LIST, Furniture.END: Shape.END}[what]
    if unit.is_item:
        return Shape.ITEM if unit.words >= 6 or (unit.ends_a_sentence and unit.words >= 3) else Shape.LABEL
    if is_time(unit.text):
        return Shape.TIME
    if read_byline(unit.text):
        return Shape.BYLINE
    if is_ago(unit.text):
        return Shape.AGO
    if read_caption(unit.text):
        return Shape.CAPTION
    if unit.words >= 25 or (unit.words >= 8 and unit.ends_a_sentence):
        return Shape.PROSE
    return Shape.SENTENCE if unit.words >= 2 and unit.ends_a_sentence else Shape.LABEL


_FIXED_WEIGHT = {
    Shape.ITEM: 2,
    Shape.BYLINE: -30,  # stands over a story, never in one: two teasers in a row cannot add up
    Shape.CAPTION: 0,
    Shape.TIME: 0,
    Shape.AGO: -30,
    Shape.FURNITURE: -6,
    Shape.END: -10_000,
}
_BREAKS = (Shape.LABEL, Shape.BYLINE, Shape.AGO, Shape.FURNITURE, Shape.LIST, Shape.END)


def _weight(units: list[Unit], shapes: list[Shape], n: int) -> int:
    """Weigh a unit for the story (positive) or against it."""
    shape, words = shapes[n], units[n].words
    if shape in _FIXED_WEIGHT:
        return _FIXED_WEIGHT[shape]
    if shape is Shape.LIST:
        # “SEE ALSO: The River That Divides a People” is a box in the story; “Related” and three headlines are its end.
        return -20 if _is_box(shapes, n) else -40
    if shape is Shape.PROSE:
        # One short paragraph between two labels, and another such: teasers. A section of a story may be as short.
        listed = _is_alone(shapes, n - 2) or _is_alone(shapes, n + 2) or (n >= 2 and shapes[n - 2] is Shape.LIST)
        teaser = words < 45 and _is_alone(shapes, n) and listed
        return 4 if teaser else min(words, 40) + 5
    before = shapes[n - 1] if n else Shape.END
    if shape is Shape.SENTENCE:
        return 1 if before in _BREAKS else words
    after = shapes[n + 1] if n + 1 < len(shapes) else Shape.END
    return -8 if Shape.LABEL in (before, after) else -3


def _is_box(shapes: list[Shape], n: int) -> bool:
    """Tell a heading over one or two other stories, with prose of more than one paragraph after them."""
    at = n + 1
    while at < len(shapes) and shapes[at] is Shape.LABEL and at <= n + 2:
        at += 1
    after = shapes[at : at + 2]
    return len(after) == 2 and all(shape in (Shape.PROSE, Shape.SENTENCE) for shape in after)


def _is_alone(shapes: list[Shape], n: int) -> bool:
    """Tell prose with a label or its like on either side."""
    if not 0 <= n < len(shapes) or shapes[n] is not Shape.PROSE:
        return False
    return (n == 0 or shapes[n - 1] in _BREAKS) and (n + 1 == len(shapes) or shapes[n + 1] in _BREAKS)


def _densest(units: list[Unit], shapes: list[Shape]) -> range | None:
    """Return the run of units with the greatest weight, from prose to prose; None where there is no prose."""
    best, best_range = 0, None
    total = start = 0
    for n, shape in enumerate(shapes):
        if total <= 0:
            total, start = 0, n
        total += _weight(units, shapes, n)
        if total > best and shape in (Shape.PROSE, Shape.SENTENCE, Shape.ITEM):
            best, best_range = total, range(start, n + 1)
    return best_range


def _is_page(units: list[Unit], shapes: list[Shape], head: int, story: range) -> bool:
    """Tell a saved page from a plain article, which may well end in a list of sources or hold one odd label."""
    outside = [*range(head), *range(story.stop, len(units))]
    furnished = sum(shapes[n] in (Shape.FURNITURE, Shape.LIST, Shape.END) for n in outside)
    labels_above = sum(shapes[n] is Shape.LABEL for n in range(head))
    labels_below = sum(shapes[n] is Shape.LABEL for n in range(story.stop, len(units)))
    return labels_above >= 5 or furnished >= 3 or (furnished >= 1 and labels_above + labels_below >= 3)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over the story: indices of units, and what the signed ones say."""

    title: int | None = None
    section: int | None = None
    decks: tuple[int, ...] = ()
    captions: tuple[int, ...] = ()
    signed: tuple[int, ...] = ()
    byline: str = ""
    date: str = ""

    def first(self, story: range) -> int:
        """Return the index at which the article begins."""
        return min((n for n in (self.title, self.section, *self.signed) if n is not None), default=story.start)


def _head(units: list[Unit], shapes: list[Shape], story: range) -> Head:
    """Read upwards from the first paragraph: caption, date, author and deck in any order, headline, section."""
    window = _above(units, shapes, story)
    title = _title(units, shapes, window)
    if title is None:
        near = [n for n in window if n >= story.start - 3]
        return _signed_head(units, shapes, near, Head())
    section = _section(units, shapes, title)
    head = _signed_head(units, shapes, [n for n in window if n > title], Head(title=title, section=section))
    return _signed_beside(units, shapes, range(max(title - 2, 0), title), head)


def _above(units: list[Unit], shapes: list[Shape], story: range) -> list[int]:
    """Return the units over the story, nearest first, as far as the menus."""
    window = []
    for n in range(story.start - 1, max(story.start - 1 - _HEAD_UNITS, -1), -1):
        # Two short labels may be an author and an office; three are a menu.
        menu = n >= 2 and all(_is_menu_entry(units[m], shapes[m]) for m in (n, n - 1, n - 2))
        if shapes[n] in (Shape.END, Shape.LIST) or menu:
            break
        window.append(n)
    return window


def _is_menu_entry(unit: Unit, shape: Shape) -> bool:
    return unit.is_item or (shape is Shape.LABEL and unit.words < _HEADLINE_WORDS)


def _title(units: list[Unit], shapes: list[Shape], window: list[int]) -> int | None:
    """Choose the headline: what the page repeats in its title or trail, else the upper of a pair, else the nearest."""
    candidates: list[int] = []
    for n in window:
        if _may_be_title(units[n], shapes[n]):
            candidates.append(n)
        elif candidates and shapes[n] is Shape.LABEL and units[n].words < _HEADLINE_WORDS:
            break  # “SOCIETY”: above it are the headlines of other sections
    # “Bakyt Toktogulov and Dilnoza Rahimova” below two longer lines signs them.
    while len(candidates) > 1 and read_byline(units[candidates[0]].text, under_a_headline=True):
        candidates.pop(0)
    for n in candidates:
        if any(m != n and units[n].text in other.text for m, other in enumerate(units[: n + 1])):
            return n
    if not candidates:
        return None
    pair = candidates[:2]
    between = range(pair[-1] + 1, pair[0])
    # Headline and deck stand together; the entries of a ticker stand in a group of three and more.
    if len(candidates) == 2 and all(shapes[n] in (Shape.FURNITURE, Shape.BYLINE) for n in between):
        return pair[-1]
    return candidates[0]


def _may_be_title(unit: Unit, shape: Shape) -> bool:
    kicker, bar, rest = unit.text.partition(" | ")  # Opinion | We built the cities in the wrong places
    headline = rest if bar and len(kicker.split()) <= 2 and len(rest.split()) > 3 else unit.text
    if unit.is_item or not _HEADLINE_WORDS <= unit.words <= 25 or _BARRED.search(headline):
        return False
    return shape is Shape.LABEL or (shape in (Shape.SENTENCE, Shape.PROSE) and unit.text[-1] in "?!")


def _section(units: list[Unit], shapes: list[Shape], title: int) -> int | None:
    """Find the section: the last step of a trail (“Home › Politics”), or a short label right over the headline."""
    for n in range(title - 1, max(title - 4, -1), -1):
        if shapes[n] is Shape.BYLINE:
            continue
        unit = units[n]
        if _CRUMBS.search(unit.text):
            return n
        label = shapes[n] is Shape.LABEL and unit.words <= 3 and not unit.is_item and len(unit.text) > 2
        # The last entry of a menu stands there too; a section that the menu has as well is none the less one.
        entry = n > 0 and not unit.gap and _is_menu_entry(units[n - 1], shapes[n - 1])
        return n if label and (not entry or any(other.text == unit.text for other in units[:n])) else None
    return None


def _section_name(text: str, title: str) -> str:
    """Return the last step of a trail that is not the (perhaps shortened) headline itself."""
    steps = [step.strip() for step in _CRUMBS.split(text)]
    if len(steps) > 1 and title.startswith(steps[-1].rstrip(".… ")):
        steps.pop()
    return steps[-1]


def _signed_head(units: list[Unit], shapes: list[Shape], below: list[int], head: Head) -> Head:
    """Add the author, the date, the captions and the deck that stand between the headline and the story."""
    captions = [n for n in below if shapes[n] is Shape.CAPTION]
    who = when = ""
    signed = []
    decks = []
    for n in sorted(below):
        name = shapes[n] is Shape.LABEL and units[n].words <= 5 and head.title is not None
        by = read_byline(units[n].text, under_a_headline=name)
        if by:
            who, when = who or by.who, when or by.when
            signed.append(n)
        elif (head.title is not None and shapes[n] in (Shape.PROSE, Shape.SENTENCE)) or (
            head.title is not None and shapes[n] is Shape.LABEL and units[n].words > 4
        ):
            decks.append(n)
    return replace(
        head,
        captions=tuple(sorted(captions)),
        decks=tuple(decks),
        signed=tuple(signed),
        byline=who,
        date=when,
    )


def _signed_beside(units: list[Unit], shapes: list[Shape], places: range, head: Head) -> Head:
    """Take what is still missing from lines over the headline or below the story: “Reporting by …”, “Posted on …”."""
    who, when = head.byline, head.date
    signed = list(head.signed)
    for n in places:
        by = read_byline(units[n].text) if shapes[n] is Shape.BYLINE else None
        if by and ((by.who and not who) or (by.when and not when)):
            who, when = who or by.who, when or by.when
            signed.append(n)
    return replace(head, signed=tuple(signed), byline=who, date=when)


def _inside(units: list[Unit], shapes: list[Shape], story: range) -> list[int]:
    """Return the units of the story without the boxes in it: lists of other stories, buttons, repeated pull quotes."""
    kept: list[int] = []
    in_list = False
    prose = Repeats(units[n].text for n in story if shapes[n] is Shape.PROSE)
    for n in story:
        shape = shapes[n]
        if shape in (Shape.FURNITURE, Shape.LIST):
            in_list = shape is Shape.LIST
            continue
        if shape is Shape.PROSE or shape is Shape.SENTENCE:
            in_list = False
        if shape in (Shape.BYLINE, Shape.AGO) or (in_list and shape in (Shape.LABEL, Shape.ITEM)):
            continue
        if not _is_pulled(units[n], prose):
            kept.append(n)
    return kept


def _without_bios(inside: list[int], units: list[Unit], who: str) -> list[int]:
    """Leave out what a page says of the author below the story: “Jane Doe is a reporter who covers energy.”"""
    last = next((at for at in range(len(inside), 0, -1) if not is_bio(units[inside[at - 1]].text, who)), 0)
    return inside[: max(last, len(inside) - 2)]


def _is_pulled(unit: Unit, prose: Repeats) -> bool:
    """Tell a pull quote: words of the story set a second time, large, as a unit of their own."""
    return unit.words <= 45 and prose.inside(_QUOTES.sub("", unit.text).rstrip("."))


def _plain(units: list[Unit], shapes: list[Shape]) -> Sketch:
    """Read the head of a file that is nothing but an article, and keep every unit of it."""
    rest = list(range(len(units)))
    title = section = ""
    if len(units) > 2 and units[0].words < _HEADLINE_WORDS and _opens(units[1], shapes[1]):
        section = units[rest.pop(0)].text
    if len(rest) > 1 and _opens(units[rest[0]], shapes[rest[0]]):
        title = units[rest.pop(0)].text
    who = when = ""
    signed: list[str] = []
    for n in list(rest[:4]):
        by = read_byline(units[n].text, under_a_headline=bool(title) and shapes[n] is Shape.LABEL)
        if by and not (by.who and who) and not (by.when and when):
            who, when = who or by.who, when or by.when
            rest.remove(n)
            signed.append(units[n].text)
        elif shapes[n] in (Shape.PROSE, Shape.SENTENCE):
            break
    captions = [n for n in rest if shapes[n] is Shape.CAPTION]
    body = [n for n in rest if shapes[n] is not Shape.CAPTION]
    made = tuple(units[n] for n in body)
    when = when or next((opening_date(unit.text) for unit in made[:1]), "")
    return Sketch(title, who, when, section, _credited(units, captions), made, place=_place(signed))


def _place(signed: Iterable[str]) -> str:
    """Return the place that a line of author and date names."""
    return next((by.where for line in signed if (by := read_byline(line)) and by.where), "")


def _opens(unit: Unit, shape: Shape) -> bool:
    """Tell that the first unit of a plain article can be its headline."""
    return not unit.is_item and unit.words <= 25 and (shape in (Shape.LABEL, Shape.FURNITURE) or unit.text[-1] in "?!")


def _is_stray_credit(n: int, units: list[Unit], captions: list[int]) -> bool:
    """Tell “Photo: Sorbon Nazarov” alone, where the caption before it has its own photographer, or there is none."""
    mine = read_caption(units[n].text)
    at = captions.index(n)
    before = read_caption(units[captions[at - 1]].text) if at else None
    return mine is not None and not mine.text and (before is None or bool(before.credit))


def _credited(units: list[Unit], captions: list[int]) -> tuple[Credited, ...]:
    """Read the captions; a credit on a line of its own belongs to the caption above it."""
    found: list[Credited] = []
    for n in captions:
        caption = read_caption(units[n].text)
        assert caption is not None  # its shape is CAPTION
        if found and not caption.text and not found[-1].credit:
            found[-1] = replace(found[-1], credit=caption.credit)
        else:
            found.append(caption)
    return tuple(found)
