"""Reading and editing catalogs: what is in the file is found where it stands, and stays where nothing changed."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.catalog import Catalog, Editor, Entry, Key, Message, Previous, parse, read_catalog
from translate.catalog.check import check
from translate.catalog.style import columns, detect, fold
from translate.errors import CatalogError

SHARED = Path(__file__).parents[2] / "shared" / "data" / "po"
FUZZ = int(os.environ.get("TOLMACH_FUZZ", "400"))

HEADER = 'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset={}\\n"\n\n'

# Everything that the grammar has, in one file.
SAMPLE = (Path(__file__).parent / "catalogs" / "grammar.po").read_text(encoding="utf-8")


def by_id(catalog: Catalog, msgid: str) -> Entry:
    return next(e for e in catalog if e.msgid == msgid)


def edit(data: bytes, texts: dict[str, str]) -> bytes:
    catalog = parse(data)
    editor = Editor(catalog)
    for msgid, text in texts.items():
        editor.set_msgstr(by_id(catalog, msgid), text)
    return editor.data()


def test_everything_of_the_grammar_is_read() -> None:
    catalog = parse(SAMPLE.encode())
    assert catalog.header == {"Language": "ru", "Content-Type": "text/plain; charset=UTF-8"}
    menu = by_id(catalog, "Regions of %s")
    assert menu.key == Key("menu", "Regions of %s")
    assert menu.flags == ["fuzzy", "python-format"]
    assert menu.fuzzy
    assert menu.references == ["menu.html:3", "menu.html:9"]
    assert (menu.lines_of(""), menu.lines_of(".")) == (["о переводе"], ["for the translator"])
    assert (menu.previous_value("msgctxt"), menu.previous_value("msgid")) == ("menu", "Region")
    assert by_id(catalog, 'A long line that was folded here and ends.\nSecond line\t"quoted"').msgstr == (
        "Длинная строка.\nВторая строка\t«в кавычках»"
    )
    plural = by_id(catalog, "%d article")
    assert (plural.msgid_plural, plural.msgstrs) == ("%d articles", ["%d статья", "%d статьи", "%d статей"])
    assert by_id(catalog, "escapes A A \\ \a").msgstr == "Ж Ж"
    assert by_id(catalog, "indentedin tabs").msgstr == "с отступом"
    assert by_id(catalog, "no blank line above").msgstr == "в одной строке"
    assert by_id(catalog, "twostrings").msgstr == "на следующей"
    assert by_id(catalog, "Regions").domain == "other"
    old = by_id(catalog, "Old news")
    assert (old.obsolete, old.msgstr, old.previous_value("msgid")) == (True, "Старые новости", "News")
    assert old.flags == ["c-format"]
    assert not old.fuzzy
    assert [catalog.line(e) for e in catalog][:3] == [1, 13, 16]


def test_entries_cover_the_text_without_overlap() -> None:
    catalog = parse(SAMPLE.encode())
    at, gaps = 0, ""
    for entry in catalog:
        assert entry.start >= at
        gaps += SAMPLE[at : entry.start]
        at = entry.stop
    gaps += SAMPLE[at:]
    assert re.sub(r'\s|#.*|domain "other"', "", gaps) == ""


ENCODINGS = ["UTF-8", "KOI8-R", "CP1251", "ISO-8859-5", "UTF-8-bom"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r\r\n"])
@pytest.mark.parametrize("charset", ENCODINGS)
def test_an_edit_changes_its_own_lines_alone(charset: str, newline: str) -> None:
    name = charset.removesuffix("-bom")
    text = SAMPLE.replace("charset=UTF-8", f"charset={name}").replace("«", "<").replace("»", ">")
    text = text.replace(r"\xd0\x96 \320\226", "Ж").rstrip("\n")
    bom = b"\xef\xbb\xbf" if charset.endswith("-bom") else b""
    data = bom + text.replace("\n", newline).encode(name)
    assert edit(data, {}) == data
    changed = edit(data, {"twostrings": "", "%d article": "%d заметка", "Old news": 'Было "раньше"\nи ещё'})
    expected = (
        text.replace('"%d статья"', '"%d заметка"')
        .replace('msgstr ""\n#~ "Старые "\n#~ "новости"', 'msgstr ""\n#~ "Было \\"раньше\\"\\n"\n#~ "и ещё"')
        .replace('msgstr\n"на следующей"', 'msgstr\n""')
    )
    assert changed == bom + expected.replace("\n", newline).encode(name)


def test_flags_previous_and_comments_are_lines_of_their_own() -> None:
    catalog = parse(SAMPLE.encode())
    editor = Editor(catalog)
    menu = by_id(catalog, "Regions of %s")
    editor.set_flags(menu, remove=["fuzzy"])
    editor.set_previous(menu, None)
    editor.set_comments(menu, ".", ["one", "two"])
    plural = by_id(catalog, "%d article")
    editor.set_flags(plural, add=["fuzzy"])
    editor.set_previous(plural, Previous("%d text", None, "%d texts"))
    editor.set_comments(plural, "", ["проверить"])
    escapes = by_id(catalog, "escapes A A \\ \a")
    editor.set_flags(escapes, add=["fuzzy"])
    expected = (
        SAMPLE.replace("#, fuzzy, python-format", "#, python-format")
        .replace('#| msgctxt "menu"\n#| msgid "Region"\n', "")
        .replace("#. for the translator\n", "#. one\n#. two\n")
        .replace("#, c-format\nmsgid \"%d", '# проверить\n#, fuzzy, c-format\n#| msgid "%d text"\n'
                 '#| msgid_plural "%d texts"\nmsgid "%d')
        .replace('msgid "escapes', '#, fuzzy\nmsgid "escapes')
    )  # fmt: skip
    assert editor.data().decode() == expected
    editor = Editor(again := parse(expected.encode()))
    editor.set_flags(by_id(again, "escapes A A \\ \a"), remove=["fuzzy"])
    assert '#, fuzzy\nmsgid "escapes' not in editor.data().decode()


def test_entries_are_added_and_removed_whole() -> None:
    data = (HEADER.format("UTF-8") + 'msgid "a"\nmsgstr "б"').encode()
    editor = Editor(parse(data))
    message = Message(
        "News",
        "menu",
        msgstrs=("Новости",),
        extracted=("a link",),
        references=("a.html:1", "b.html:2"),
        flags=("fuzzy",),
    )
    editor.append(message)
    added = editor.data()
    block = '\n\n#. a link\n#: a.html:1 b.html:2\n#, fuzzy\nmsgctxt "menu"\nmsgid "News"\nmsgstr "Новости"\n'
    assert added.decode() == data.decode() + block
    editor = Editor(catalog := parse(added))
    editor.remove(by_id(catalog, "News"))
    assert editor.data().decode() == data.decode() + "\n\n"


FAULTS = [
    ('msgid "a"\nmsgstr "b\n', 2, "a quote is not closed"),
    ('msgid "a"\nmsgstr "say "b" now"\n', 2, "a quote within a text has no backslash"),
    ('msgid "a"\n\nmsgid "b"\nmsgstr ""\n', 1, "an entry without msgstr"),
    ('msgctxt "a"\nmsgstr ""\n', 1, "msgctxt without a msgid"),
    ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 3, "a second msgstr"),
    ('msgid "a"\nmsgstr[0] "b"\n', 2, "msgstr[0] without msgid_plural"),
    ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', 3, "a plural entry needs"),
    ('msgid "a"\nmsgstr "b"\n<<<<<<< ours\n', 3, "a merge conflict"),
    ('# a remark\n"loose"\n', 2, "a text without a keyword"),
    ("msgid\n", 1, "a keyword without its text"),
    ('msgid "a"\nmsgstr ""\nhello\n', 3, "neither a keyword, a text nor a comment"),
    ('#~ msgid "a"\nmsgstr "b"\n', 1, "an entry without msgstr"),
]


@pytest.mark.parametrize(("text", "line", "message"), FAULTS, ids=[f[2] for f in FAULTS])
def test_a_fault_is_named_with_its_line(text: str, line: int, message: str) -> None:
    path = Path("ru.po")
    data = (HEADER.format("UTF-8") + text + '\nmsgid "sound"\nmsgstr "целый"\n').encode()
    with pytest.raises(CatalogError, match=re.escape(message)) as caught:
        parse(data, path)
    assert (caught.value.path, caught.value.line) == (path, line + 5)
    catalog = parse(data, path, tolerant=True)
    assert by_id(catalog, "sound").msgstr == "целый"
    editor = Editor(catalog)
    assert editor.data() == data
    editor.set_msgstr(by_id(catalog, "sound"), "цел")
    assert editor.data() == data.replace("целый".encode(), "цел".encode())


def test_a_broken_entry_takes_no_edit() -> None:
    catalog = parse(b'msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', tolerant=True)
    with pytest.raises(CatalogError, match="cannot be changed"):
        Editor(catalog).set_msgstr(catalog.entries[0], "d")


def test_a_charset_without_the_letter_is_an_error_with_the_line() -> None:
    data = (HEADER.format("ISO-8859-15") + 'msgid "a"\nmsgstr "é"\n').encode("iso-8859-15")
    with pytest.raises(CatalogError, match="the charset ISO-8859-15 has no 'Ж'") as caught:
        edit(data, {"a": "Ж"})
    assert caught.value.line == 7
    assert "msgconv" in caught.value.hint


@pytest.mark.parametrize(
    ("declared", "body", "read"),
    [
        ("CHARSET", "Ж".encode(), "Ж"),
        ("CHARSET", b"\xe9", "é"),
        ("no-such-charset", b"\xe9", "\udce9"),
        ("no-such-charset", "Ж".encode(), "Ж"),
        ("ASCII", "Ж".encode(), "Ж"),
        ("UTF-16", "Ж".encode(), "Ж"),
        ("shift_jisx0213", b"\xe9", "\udce9"),
        ("unicode_escape", b"\xe9", "\udce9"),
        ("UTF-8", b"\xe9", "\udce9"),
        ("CP932", b"\x87\x90", "≒"),  # a second code of this letter: encoding it again gives other bytes
        ("utf-8-sig", "Ж".encode(), "Ж"),
    ],
)
def test_bytes_that_do_not_come_back_from_text_are_kept(declared: str, body: bytes, read: str) -> None:
    data = HEADER.format(declared).encode() + b'msgid "a"\nmsgstr "' + body + b'" msgid "b" msgstr "c"\n'
    assert by_id(parse(data), "a").msgstr == read
    assert edit(data, {"b": "d"}) == data.replace(b'"c"', b'"d"')


def test_utf16_is_refused() -> None:
    with pytest.raises(CatalogError, match="zero bytes"):
        parse('msgid "a"\nmsgstr ""\n'.encode("utf-16"))


def test_a_charset_on_a_folded_line_of_a_late_header() -> None:
    text = 'msgid "a"\nmsgstr "я"\n\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; "\n"charset=KOI8-R\\n"\n'
    assert parse(text.encode("koi8-r")).entries[0].msgstr == "я"


texts = st.text(
    st.one_of(st.characters(codec="utf-8", exclude_characters="\0"), st.sampled_from('\\"\n\t\r aбв-/')), max_size=200
)


@given(texts, texts, st.one_of(st.none(), texts), st.sampled_from([0, 30, 79]), st.booleans())
def test_any_text_is_read_back_as_written(
    msgid: str, msgstr: str, msgctxt: str | None, width: int, obsolete: bool
) -> None:
    folded = '"' + "word " * 30
    layout = "" if not width else ('msgid "x"\nmsgstr ""\n' + '"words to fold here "\n' * 5 + '"end"\n')
    editor = Editor(catalog := parse((HEADER.format("UTF-8") + layout).encode()))
    assert detect(catalog).width in (79, 0)
    assert folded.startswith('"')
    message = Message("x" + msgid, msgctxt, msgstrs=(msgstr,), obsolete=obsolete)
    editor.append(message)
    found = parse(editor.data()).entries[-1]
    assert (found.msgid, found.msgstr, found.msgctxt, found.obsolete) == ("x" + msgid, msgstr, msgctxt, obsolete)


@given(texts, st.integers(10, 90), st.booleans())
def test_folding_loses_nothing_and_keeps_the_width(text: str, room: int, blank_first: bool) -> None:
    escaped = text.replace("\n", " ")
    lines = fold(escaped, room, blank_first)
    assert "".join(lines) == escaped
    assert all(
        columns(line) <= room for line in lines if " " in line.strip(" ") and not re.search(r"[^\x00-\x7f]", line)
    )


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared catalogs")
class TestRealCatalogs:
    def paths(self) -> list[Path]:
        found = sorted(SHARED.glob("*.po*"))
        assert len(found) == 71
        return found

    def test_nothing_changes_where_nothing_is_changed(self) -> None:
        for path in self.paths():
            assert Editor(read_catalog(path, tolerant=True)).data() == path.read_bytes(), path.name

    def test_every_entry_can_be_edited_alone(self) -> None:
        """Edit some entries of each file and find all others byte for byte."""
        for path in (p for p in self.paths() if p.stat().st_size < 150_000):
            before = read_catalog(path, tolerant=True)
            picked = [e for e in before if not e.broken and not e.is_header][::5]
            editor = Editor(before)
            for entry in picked:
                editor.set_msgstr(entry, 'New "text"\n\\ ' + "word " * 30)
            after = parse(editor.data(), path, tolerant=True)
            assert len(after.entries) == len(before.entries)
            for old, new in zip(before, after, strict=True):
                if any(old is p for p in picked):
                    assert (new.key, new.msgstr) == (old.key, 'New "text"\n\\ ' + "word " * 30)
                    assert (new.comments == []) == (old.comments == [])
                else:
                    assert after.source.bytes_of(new.start, new.stop) == before.source.bytes_of(old.start, old.stop)

    def test_a_header_field_is_changed_alone(self) -> None:
        for path in self.paths():
            before = read_catalog(path, tolerant=True)
            if before.header_entry is None:
                continue
            editor = Editor(before)
            editor.set_header("Language", "x-new")
            editor.set_header("X-Of-Ours", "y")
            after = parse(editor.data(), path, tolerant=True)
            assert after.header == before.header | {"Language": "x-new", "X-Of-Ours": "y"}, path.name
            assert [e.msgstrs for e in after.messages] == [e.msgstrs for e in before.messages]
            changed = after.source.text.count("\n") - before.source.text.count("\n")
            assert changed <= 2, path.name

    def test_reads_what_polib_reads(self) -> None:
        """Compare with polib, which loses the previous msgid of obsolete entries and cannot read two of the files."""
        unread = []
        for path in self.paths():
            try:
                expected = polib.pofile(str(path))
            except (OSError, UnicodeDecodeError):
                unread.append(path.name)
                continue
            ours = [e for e in read_catalog(path, tolerant=True) if not e.is_header]
            theirs = []
            for e in expected:
                forms = [text for _form, text in sorted(e.msgstr_plural.items())] or [e.msgstr]
                previous = (not e.obsolete and e.previous_msgid) or ""
                theirs.append([e.msgctxt, e.msgid, e.msgid_plural or None, e.obsolete != 0, e.flags, *forms, previous])
            mine = []
            for o in ours:
                previous = (not o.obsolete and o.previous_value("msgid")) or ""
                mine.append([o.msgctxt, o.msgid, o.msgid_plural, o.obsolete, o.flags, *o.msgstrs, previous])
            assert sorted(map(repr, mine)) == sorted(map(repr, theirs)), path.name
        assert len(unread) == 2

    def test_new_text_is_laid_out_as_the_file_is(self) -> None:
        """Write each string of the files anew: at least 99 of 100 come out as they stood."""
        same = total = 0
        for path in (p for p in self.paths() if p.stat().st_size < 150_000):
            catalog = read_catalog(path, tolerant=True)
            styles = {key: detect(catalog, key) for key in ("msgstr", "msgid")}
            for entry in (e for e in catalog if not e.broken and not e.is_header):
                for found in entry.fields:
                    text = catalog.source.text
                    style = styles["msgstr" if found.keyword == "msgstr" else "msgid"]
                    lead = text[found.start : found.quote]
                    new = style.render(lead, found.value, "#~ " if entry.obsolete else "")
                    total += 1
                    same += new == text[found.start : found.stop]
        assert same / total > 0.99


def mutate(rng: random.Random, data: bytes) -> bytes:
    """Damage a file the way merges, editors and disks do."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8))):
        at = rng.randrange(len(out) + 1)
        length = rng.choice((1, 2, 20, 200))
        match rng.randrange(5):
            case 0:
                del out[at : at + length]
            case 1:
                out[at:at] = rng.choice(
                    (b'"', b"\\", b"\n", b"\r", b"#~ ", b"#| ", b"msgid", b"[", b"\xff", b"\0", b" ")
                )
            case 2:
                out[at : at + 1] = bytes([rng.randrange(256)])
            case 3:
                other = rng.randrange(len(out) + 1)
                out[at:at] = out[other : other + length]
            case _:
                out = out[: max(at, 1)]
    return bytes(out)


def refusal(data: bytes) -> CatalogError | None:
    try:
        parse(data, Path("x.po"))
    except CatalogError as error:
        return error
    return None


def test_damaged_files_are_read_or_refused_and_lose_nothing() -> None:
    """Refuse with a line, or read; keep every byte; and edit what is sound without touching the rest."""
    rng = random.Random(11)
    seeds = [SAMPLE.encode(), SAMPLE.replace("UTF-8", "CP932").replace("«", "").replace("»", "").encode("cp932")]
    seeds += [p.read_bytes() for p in sorted(SHARED.glob("*.po*")) if p.stat().st_size < 6000]
    for _ in range(FUZZ):
        data = mutate(rng, rng.choice(seeds))
        error = refusal(data)
        if error is not None:
            assert error.line is not None
            assert str(error).startswith(f"x.po:{error.line}: ")
            if "gettext knows" in str(error):
                continue
        catalog = parse(data, tolerant=True)
        assert any(f.problem.kind == "grammar" for f in check(catalog)) == (error is not None)
        editor = Editor(catalog)
        assert editor.data() == data
        sound = [e for e in catalog if not e.broken and e.field("msgstr") and not e.is_header]
        if sound:
            entry = rng.choice(sound)
            form = (entry.field("msgstr") or entry.fields[-1]).form or 0
            editor.set_msgstr(entry, "new text", form)
            again = parse(editor.data(), tolerant=True)
            assert len(again.entries) == len(catalog.entries)
            position = catalog.entries.index(entry)
            new = again.entries[position].field("msgstr", form)
            assert new is not None
            assert new.value == "new text"
