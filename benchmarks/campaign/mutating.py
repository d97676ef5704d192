"""Files damaged at random: pieces taken out, doubled, swapped, replaced by what parsers stumble over."""

from __future__ import annotations

import contextlib
import io
import random
import sqlite3
import struct
import zipfile

NASTY = (
    "\u202e", "\u200b", "\ufeff", "\u0301" * 50, "\x00", "\x1b[31m", "\x07", "\ufffd", "\u2028", "\x85", "\xa0",
    "ß", "İ", "%s", "%(n)s", "{0}", "{", "}", "{{", "{%", "{#", "<", "</", "<!--", "<![CDATA[", "&#x0;", "&#xD800;",
    "&lt;", "[", "](", "![", "`", "```", "~~~", "***", "|", "\\", "'", '"', "«", "=cmd|' /C calc'!A0", "+1", "—",
    "$10 million", "10%", "December 32, 20199", "https://a.b/c?d=e&f", "a@b.c", "Mr.", "U.S.", "...", "\t", "\n",
    "\r\n", "\r", "\n\n", "> ", "- ", "1. ", "# ", "    ", "<b>", "<script>", "Osh", "9" * 400, "a" * 3000,
    'msgid "', 'msgstr "', "msgstr[7] ", "#~ ", "#| ", "#, fuzzy\n", "#, c-format\n", "\\x41", "\\777",
    "nplurals=9;", "plural=n?n?n?1:2:3", "charset=KOI8-R", "charset=nope", "null", "true", "[]", "{}", "1e999",
    "-1", "9" * 30, "\\ud800", "NaN", "[[", "[tool.tolmach]", "= [", "gent=", "plur.gent=", "forbid", "2019-13",
)  # fmt: skip
_MOST = 60_000


def text(rng: random.Random, given: str) -> str:
    """Damage a text in one to twenty places."""
    for _ in range(rng.choice((1, 1, 2, 3, 5, 9, 20))):
        at = rng.randrange(len(given) + 1)
        end = min(len(given), at + rng.choice((1, 2, 5, 20, 100, 400)))
        match rng.randrange(7):
            case 0 | 1 | 2:
                given = given[:at] + rng.choice(NASTY) * rng.choice((1, 1, 1, 2, 10, 100)) + given[at:]
            case 3:
                given = given[:at] + given[end:]
            case 4:
                given = given[:end] + given[at:end] * rng.choice((1, 1, 2, 5, 30)) + given[end:]
            case 5:
                lines = given.split("\n")
                one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
                lines[one], lines[other] = lines[other], lines[one]
                given = "\n".join(lines)
            case _:
                given = given.replace(rng.choice(' \n\t.,":<>'), rng.choice((*NASTY, "")), rng.choice((1, 3, 1000)))
        given = given[:_MOST]
    return given


def raw(rng: random.Random, given: bytes) -> bytes:
    """Damage bytes in one to forty places."""
    made = bytearray(given)
    for _ in range(rng.choice((1, 1, 2, 4, 10, 40))):
        at = rng.randrange(len(made) + 1)
        match rng.randrange(4):
            case 0 if made:
                made[at % len(made)] ^= 1 << rng.randrange(8)
            case 1:
                made[at:at] = rng.randbytes(rng.choice((1, 4, 30)))
            case 2:
                del made[at : at + rng.choice((1, 4, 50, 500))]
            case _:
                made[at : at + 4] = rng.choice(
                    (b"\0\0\0\0", b"\xff\xff\xff\xff", struct.pack("<I", rng.randrange(2**32)))
                )
    return bytes(made)


def any_of(rng: random.Random, given: bytes) -> bytes:
    """Damage a file: its text mostly, its bytes or its coding now and then; the members of a zip archive."""
    if given.startswith(b"PK\x03\x04"):
        return _zipped(rng, given) if rng.random() < 0.7 else raw(rng, given)
    if given.startswith(b"SQLite format 3") and rng.random() < 0.5:
        return _stored(rng, given)
    if b"\0" in given[:200]:
        return raw(rng, given)
    changed = text(rng, given.decode("utf-8", "replace"))
    coding = rng.random()
    if coding < 0.1:
        return raw(rng, changed.encode("utf-8", "surrogatepass"))
    if coding < 0.15:
        return changed.encode("utf-16" if coding < 0.13 else "cp1251", "replace")
    return changed.encode("utf-8", "surrogatepass")


def _stored(rng: random.Random, given: bytes) -> bytes:
    """Put what no program of ours writes into the cells of a database."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(given)
        with contextlib.suppress(sqlite3.Error):  # what was done to one table may keep the next from being read
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            for table in rng.sample(tables, 2):
                columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] or ["rowid"]
                match rng.randrange(6):
                    case 0:
                        connection.execute(f"DROP TABLE {table}")
                    case 1:
                        connection.execute(f"PRAGMA user_version={rng.choice((0, 1, 99, -1))}")
                    case _:
                        value = rng.choice((None, "", "[]", "[[1]]", "null", b"\xff\xfe", 5, 1.5, "9" * 400, *NASTY))
                        connection.execute(f"UPDATE OR IGNORE {table} SET {rng.choice(columns)}=?", (value,))
                connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _zipped(rng: random.Random, given: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(given)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, any_of(rng, data) if name == chosen or rng.random() < 0.1 else data)
    return made.getvalue()
