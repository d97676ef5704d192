"""Russian spellings suggested for a romanised name, ranked; suggests, never decides.

A name such as Jeenbekov reaches English through a dozen romanisations at once (BGN/PCGN, passports, press habit, the
national Latin alphabets), so no letter table turns it back: of 51 Central Asian surnames the best table gets 47 %
right. Here a joint n-gram model over aligned letter pieces (zh→ж, j→дж, y→ый …) proposes spellings, and a log-linear
ranking weighs the model, known Russian names, and the romanisations under which the spelling gives back the input.

It stops at the letters: it does not know that Xi is Си, nor which of Женбеков and Жээнбеков a man signs with.

Source: M. Bisani and H. Ney, Joint-sequence models for grapheme-to-phoneme conversion, Speech Communication 50 (2008).
The model is made by `benchmarks/train_names.py`.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import json
import math
import struct
import unicodedata
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

MODEL = Path(__file__).with_name("names.model")
ORDER = 6
_MULTIPLIER = 0x9E3779B1
_MASK = 0xFFFFFFFF
_UNSEEN = -16.0  # log-probability of a unit the model never saw


@dataclass(frozen=True, slots=True)
class Candidate:
    """One Russian spelling of a name.

    Args:
        spelling: as it would stand in the glossary, capitals as in the source.
        score: probability among the candidates, 0 to 1.
        reason: why it is proposed: "attested", "rule: BGN/PCGN, press", "model".
    """

    spelling: str
    score: float
    reason: str


# ── Romanisations: Russian letter → Latin, used to see which scheme turns a candidate back into the input ───────────

_BASE = dict(zip("абвгдзиклмнопрстуф", "abvgdziklmnoprstuf", strict=True))
_COMMON = _BASE | {"ж": "zh", "й": "y", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "э": "e", "ю": "yu"}
SCHEMES: dict[str, dict[str, str]] = {
    # Sergey Shoygu, Yekaterinburg: е is ye at the start and after a vowel (see `romanise`)
    "BGN/PCGN": _COMMON | {"е": "e", "ё": "yo", "ы": "y", "ъ": "", "ь": "", "я": "ya"},
    # passports: Iurii, Mariia
    "ICAO": _COMMON | {"й": "i", "е": "e", "ё": "e", "ы": "y", "ъ": "ie", "ь": "", "ю": "iu", "я": "ia"},
    # Sergei, Dmitri, Tolstoi
    "press": _COMMON | {"й": "i", "е": "e", "ё": "yo", "ы": "y", "ъ": "", "ь": "", "я": "ya"},
    # Jeenbekov, Japarov, Jyrgalbek
    "Kyrgyz press": _COMMON | {"ж": "j", "дж": "j", "е": "e", "ё": "yo", "ы": "y", "ъ": "", "ь": "", "я": "ya"},
    # Rahmon, Hudoyberdiyev, Hojayev
    "h for х": _COMMON | {"х": "h", "дж": "j", "е": "e", "ё": "yo", "ы": "i", "ъ": "", "ь": "", "я": "ya"},
    "scholarly": _BASE
    | {"ж": "ž", "й": "j", "х": "ch", "ц": "c", "ч": "č", "ш": "š", "щ": "šč", "э": "è", "ю": "ju"}
    | {"е": "e", "ё": "ë", "ы": "y", "ъ": "", "ь": "", "я": "ja"},
}
_VOWELS = frozenset("аеёиоуыэюя")


def romanise(word: str, scheme: str) -> str:
    """Write a lower-case Russian word in Latin letters after one of `SCHEMES`."""
    table = SCHEMES[scheme]
    out, before, i = [], "", 0
    while i < len(word):
        step = 2 if word[i : i + 2] in table else 1
        piece = word[i : i + step]
        latin = table.get(piece, piece)
        if (
            piece == "е"
            and scheme not in ("ICAO", "scholarly")
            and (before == "" or before in _VOWELS or before in "ъь")
        ):
            latin = "ye"
        out.append(latin)
        before, i = piece[-1], i + step
    return "".join(out)


# ── National Latin alphabets: rewritten in the English press manner that the model was trained on ──────────────────

_APOSTROPHE = regex.compile("[’‘ʻ`ʼ´ʹ]")
ALPHABETS: dict[str, dict[str, str]] = {
    # O‘zbekiston, Mirziyoyev, Qodirov, Xiva, G‘ulomov
    "uz": {"o'": "u", "g'": "g", "x": "kh", "q": "k", "'": ""},
    # Qasym-Jomart Toqaev, Qaǵandy, Ağybai, Şymkent, Jañatas
    "kk": {"q": "k", "ğ": "g", "ǵ": "g", "ş": "sh", "ı": "y", "ñ": "n", "ń": "n", "ä": "a", "á": "a", "ö": "o",
           "ó": "o", "ü": "u", "ú": "u", "ū": "u", "ý": "u", "ï": "i"},
    # Gurbanguly Berdimuhamedow, Aşgabat, Ýagşygeldi, Ahal, Nebitçi, Žumagulyýew
    "tk": {"ý": "y", "ž": "zh", "ş": "sh", "ç": "ch", "ň": "n", "ä": "a", "ö": "o", "ü": "u", "w": "v", "j": "j"},
    # Heydər Əliyev, Şuşa, Gəncə, Xankəndi
    "az": {"ə": "a", "x": "kh", "q": "g", "ş": "sh", "ç": "ch", "ğ": "gh", "ı": "y", "ö": "o", "ü": "yu", "c": "j"},
    # Rahmon, Xudoyor, Khujand
    "tg": {"x": "kh", "ī": "i", "ū": "u", "ç": "j", "ş": "sh"},
    "ky": {"ñ": "n", "ö": "o", "ü": "u", "q": "k", "ş": "sh", "ç": "ch", "ı": "y"},
}  # fmt: skip

# Words of a name that are not names: son, daughter, of.
PARTICLES = {
    "uulu": "уулу", "kyzy": "кызы", "kizi": "кызы", "qizi": "кизи", "uly": "улы", "uli": "улы", "ogly": "оглы",
    "oglu": "оглы", "oghlu": "оглы", "oğlu": "оглы", "ogli": "оглы", "o'g'li": "угли", "ugli": "угли",
    "gyzy": "гызы", "qyzy": "кызы", "qızı": "кызы", "bin": "бин", "ibn": "ибн", "al": "аль", "de": "де", "von": "фон",
    "van": "ван",
}  # fmt: skip

# Words of a place name whose usual English spelling drops a soft sign: Ust-Kamenogorsk, Ust-Kut, Sol-Iletsk.
PLACE_WORDS = {"ust": "усть", "sol": "соль"}
LONGEST = 60  # letters of a word; a longer one is no name


# ── The model file ─────────────────────────────────────────────────────────────────────────────────────────────────

Key = int
Pieces = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NGrams:
    """A back-off n-gram model over letter pieces, keyed by 32-bit hashes of the pieces' numbers.

    Args:
        probability: hash of an n-gram → natural log-probability.
        back_off: hash of a context → natural log back-off weight.
    """

    probability: Mapping[Key, float]
    back_off: Mapping[Key, float]

    def extend(self, context: tuple[Key, ...], unit: int) -> tuple[float, tuple[Key, ...]]:
        """Return the log-probability of `unit` after `context` and the context that follows.

        Args:
            context: hashes of the last 0, 1, … ORDER-1 units, the empty one first.
            unit: number of the piece.
        """
        keys = [next_key(key, unit) for key in context]
        weight, result = 0.0, _UNSEEN
        for key, hashed in zip(reversed(context), reversed(keys), strict=True):
            found = self.probability.get(hashed)
            if found is not None:
                result = found
                break
            weight += self.back_off.get(key, 0.0)
        return weight + result, (EMPTY, *keys[: ORDER - 1])


EMPTY: Key = 1


def next_key(key: Key, unit: int) -> Key:
    """Return the hash of an n-gram that `unit` makes one longer."""
    return (key * _MULTIPLIER + unit + 1) & _MASK


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that `benchmarks/train_names.py` learned.

    Args:
        pieces: the (Latin, Russian) pieces; their index is their number; the last two are start and end.
        by_latin: Latin piece → the numbers of its pieces, most frequent first.
        ngrams: "russian" (Slavic and post-Soviet names and places), "world" (the rest), "place", "central-asian".
        known: hash of a Russian name word → log(1 + how often the training names have it).
        dictionary: hashes of the nominatives that the OpenCorpora dictionary has as names, places and adjectives.
        attested: hash of a Latin word → hash of the Russian word it had most often.
        weights: what is known of the name ("", "person", "place", "central-asian") → feature weights.
    """

    pieces: Sequence[Pieces]
    by_latin: Mapping[str, Sequence[int]]
    ngrams: Mapping[str, NGrams]
    known: Mapping[int, float]
    dictionary: Collection[int]
    attested: Mapping[int, float]
    weights: Mapping[str, Sequence[float]]


class _Sorted(Mapping[int, float]):
    """Sorted hashes with a value each, looked up by bisection: 400,000 of them cost nothing to load."""

    def __init__(self, keys: Sequence[int], values: Sequence[float]) -> None:
        self._keys = keys
        self._values = values

    def __getitem__(self, key: int) -> float:
        at = bisect.bisect_left(self._keys, key)
        if at < len(self._keys) and self._keys[at] == key:
            return self._values[at]
        raise KeyError(key)

    def __iter__(self) -> Iterator[int]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def word_hash(word: str) -> int:
    """Return the 32-bit hash under which the model keeps a word."""
    return zlib.crc32(word.replace("ё", "е").encode())


_QUANT = 12.0  # steps of log-probability a byte holds: 1/12 nat, up to 21 nats


def save_model(path: Path, model: Model) -> None:
    """Write the model file: a JSON line with the small parts, then arrays of hashes and bytes, all deflated."""
    head = {
        "pieces": list(model.pieces),
        "by_latin": {k: list(v) for k, v in model.by_latin.items()},
        "weights": {k: [round(x, 4) for x in v] for k, v in model.weights.items()},
        "arrays": [],
    }
    tables: list[tuple[str, Mapping[int, float]]] = []
    for name, ngrams in sorted(model.ngrams.items()):
        tables += [(f"{name}.probability", ngrams.probability), (f"{name}.back_off", ngrams.back_off)]
    tables.append(("known", model.known))
    body = b""
    for name, table in tables:
        keys = sorted(table)
        quantised = bytes(min(255, round(abs(table[k]) * _QUANT)) for k in keys)
        head["arrays"].append([name, len(keys)])  # type: ignore[attr-defined]
        body += array("I", keys).tobytes() + quantised
    for name, words in (("dictionary", sorted(model.dictionary)), ("attested", sorted(model.attested))):
        head["arrays"].append([name, len(words)])  # type: ignore[attr-defined]
        body += array("I", words).tobytes()
    body += array("I", [int(model.attested[k]) for k in sorted(model.attested)]).tobytes()
    raw = json.dumps(head, ensure_ascii=False).encode()
    path.write_bytes(struct.pack("<I", len(raw)) + raw + body)


@functools.lru_cache(maxsize=1)
def load_model(path: Path = MODEL) -> Model:
    """Read the model file (about 4 MB) once."""
    data = path.read_bytes()
    (size,) = struct.unpack_from("<I", data)
    head = json.loads(data[4 : 4 + size])
    at, tables = 4 + size, {}
    levels = [-b / _QUANT for b in range(256)]
    for name, n in head["arrays"]:
        keys = array("I", data[at : at + 4 * n])
        at += 4 * n
        if name == "attested":
            attested = _Sorted(keys, array("I", data[at : at + 4 * n]))
            at += 4 * n
        elif name == "dictionary":
            dictionary = _Sorted(keys, keys)
        elif name == "known":
            known = _Sorted(keys, [levels[b] for b in data[at : at + n]])
            at += n
        else:
            tables[name] = dict(zip(keys, map(levels.__getitem__, data[at : at + n]), strict=True))
            at += n
    names = {name.split(".")[0] for name, _n in head["arrays"] if "." in name}
    return Model(
        pieces=[(a, b) for a, b in head["pieces"]],
        by_latin=head["by_latin"],
        ngrams={n: NGrams(tables[f"{n}.probability"], tables[f"{n}.back_off"]) for n in names},
        known=known,
        dictionary=dictionary,
        attested=attested,
        weights=head["weights"],
    )


# ── From a word to its spellings ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Spelling:
    """One decoded word: the Russian letters and the pieces it was put together from."""

    word: str
    units: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A spelling with its log-probability under each model."""

    spelling: Spelling
    russian: float
    world: float
    place: float
    central_asian: float

    @property
    def joint(self) -> float:
        """Return the log-probability under the mixture of the two great models."""
        a, b = self.russian + HOME, self.world
        return max(a, b) + math.log1p(math.exp(-abs(a - b)))


@dataclass(frozen=True, slots=True)
class Options:
    """The spellings of one word worth ranking, and how well each model explains the word (log-probabilities)."""

    found: Sequence[Scored]
    russian: float
    world: float
    place: float


# A newsroom of the region asks for post-Soviet names far more often than for the rest of the world (3 nats: 20 times).
HOME = 3.0


def candidates_of(model: Model, word: str) -> Options:
    """Decode a lower-case Latin word under both great models and score what they find under all four."""
    start, end = len(model.pieces) - 2, len(model.pieces) - 1
    best: dict[str, Scored] = {}
    for name in ("russian", "world"):
        for s in spellings(model, model.ngrams[name], word):
            one, other, place, asian = (
                s.score if other == name else _sequence_score(model.ngrams[other], s.units, start, end)
                for other in ("russian", "world", "place", "central-asian")
            )
            scored = Scored(s, one, other, place, asian)
            if s.word not in best or scored.joint > best[s.word].joint:
                best[s.word] = scored
    found = sorted(best.values(), key=lambda s: -s.joint)[:40]
    if not found:
        return Options((), 0.0, 0.0, 0.0)
    return Options(found, max(s.russian for s in found), max(s.world for s in found), max(s.place for s in found))


@dataclass(frozen=True, slots=True)
class Sides:
    """How likely a name is Slavic or post-Soviet, a place of that world, or neither; they sum to one."""

    slavic: float
    place: float
    other: float


def sides_of(options: Iterable[Options]) -> Sides:
    """Weigh the models against each other over all words of a name: Milet is Милет in Novyy Milet."""
    each = list(options)
    n = max(1, len(each))
    logs = [sum(o.russian for o in each) / n + HOME, sum(o.place for o in each) / n + HOME]
    logs.append(sum(o.world for o in each) / n)
    odds = [math.exp(x - max(logs)) for x in logs]
    return Sides(*(x / sum(odds) for x in odds))


def spellings(model: Model, ngrams: NGrams, word: str, beam: int = 24, count: int = 25) -> list[Spelling]:
    """Return the best Russian spellings of one lower-case Latin word under a joint model, best first."""
    pieces = model.pieces
    start, end = len(pieces) - 2, len(pieces) - 1
    first = ngrams.extend((EMPTY,), start)[1]
    # state: (context, Russian so far) → (score, units)
    columns: list[dict[tuple[tuple[Key, ...], str], tuple[float, tuple[int, ...]]]] = [{} for _ in range(len(word) + 1)]
    columns[0][first, ""] = (0.0, ())
    for i in range(len(word)):
        hypotheses = sorted(columns[i].items(), key=lambda item: -item[1][0])[:beam]
        for length in range(1, min(4, len(word) - i) + 1):
            choices = model.by_latin.get(word[i : i + length], ())
            column = columns[i + length]
            for (context, russian), (score, units) in hypotheses:
                if not choices and length == 1:  # a letter never seen is dropped, at the price of an unseen piece
                    _keep(column, (context, russian), (score + _UNSEEN, units))
                for unit in choices:
                    gain, following = ngrams.extend(context, unit)
                    _keep(column, (following, russian + pieces[unit][1]), (score + gain, (*units, unit)))
    best: dict[str, Spelling] = {}
    for (context, russian), (score, units) in columns[-1].items():
        total = score + ngrams.extend(context, end)[0]
        if russian and (russian not in best or total > best[russian].score):
            best[russian] = Spelling(russian, units, total)
    return sorted(best.values(), key=lambda s: -s.score)[:count]


def _keep(
    column: dict[tuple[tuple[Key, ...], str], tuple[float, tuple[int, ...]]],
    state: tuple[tuple[Key, ...], str],
    value: tuple[float, tuple[int, ...]],
) -> None:
    old = column.get(state)
    if old is None or value[0] > old[0]:
        column[state] = value


def _sequence_score(ngrams: NGrams, units: Sequence[int], start: int, end: int) -> float:
    context = ngrams.extend((EMPTY,), start)[1]
    total = 0.0
    for unit in (*units, end):
        gain, context = ngrams.extend(context, unit)
        total += gain
    return total


_PLAIN = ("joint", "place", "central-asian", "known", "is known", "dictionary", "attested", *SCHEMES, "any scheme", "ё")
# each feature has a weight for Slavic and post-Soviet names, one for places and one for the rest, mixed by `Sides`:
# chigiri is Чигири on the Amur and тигири in Japan
FEATURES = tuple(f"{side}: {name}" for side in ("slavic", "place", "other") for name in _PLAIN)


def features(model: Model, word: str, scored: Scored, sides: Sides) -> list[float]:
    """Return the ranking features of one spelling, in the order of `FEATURES`."""
    russian = scored.spelling.word
    hashed = word_hash(russian)
    known = abs(model.known.get(hashed, 0.0))
    matches = [float(romanise(russian, scheme) == word) for scheme in SCHEMES]
    plain = [
        scored.joint,
        scored.place,
        scored.central_asian,
        known,
        float(known > 0),
        float(hashed in model.dictionary),
        float(model.attested.get(zlib.crc32(word.encode())) == hashed),
        *matches,
        max(matches),
        float("ё" in russian),
    ]
    return [side * x for side in (sides.slavic, sides.place, sides.other) for x in plain]


def press_manner(word: str, language: str) -> str:
    """Rewrite a word of a national Latin alphabet in the English press manner, the rest as it stands."""
    if language not in ALPHABETS:
        # without a language only O‘ and G‘ are certain to be Uzbek; ş, ğ, ə the model has seen in other names
        language = "uz" if regex.search("[og]'", word) else ""
    if not language:
        return word
    table = ALPHABETS[language]
    letters = "|".join(sorted(map(regex.escape, table), key=len, reverse=True))
    rewritten = regex.sub(letters, lambda m: table[m.group()], word)
    return rewritten if rewritten.isascii() else word


def rank_word(model: Model, word: str, options: Options, context: str, sides: Sides) -> list[Candidate]:
    """Rank the spellings of one lower-case Latin word.

    Args:
        model: the model that `options` were decoded with.
        word: in the press manner.
        options: what `candidates_of` found for it.
        context: a key of `Model.weights`.
        sides: of the whole name that the word is a part of.
    """
    weights = model.weights.get(context, model.weights[""])
    best: dict[str, tuple[float, str]] = {}
    for scored in options.found:
        values = features(model, word, scored, sides)
        russian = scored.spelling.word
        best[russian] = (sum(w * v for w, v in zip(weights, values, strict=True)), _reason(model, word, russian))
    if not best:
        return []
    top = max(score for score, _why in best.values())
    total = sum(math.exp(score - top) for score, _why in best.values())
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    return [Candidate(name, math.exp(score - top) / total, why) for name, (score, why) in ranked]


def with_twin(ranked: list[Candidate], word: str, context: str) -> list[Candidate]:
    """Add the other reading of a Turkic ж: Zhaparov and Japarov are Жапаров to one paper and Джапаров to the next."""
    if context != "central-asian" or not ranked or not regex.search("j|zh", word):
        return ranked
    best = ranked[0]
    twin = best.spelling.replace("дж", "ж") if "дж" in best.spelling else best.spelling.replace("ж", "дж")
    if twin == best.spelling or any(c.spelling == twin for c in ranked[:4]):
        return ranked
    rest = [c for c in ranked if c.spelling != twin]
    share = 0.2 * best.score
    first = Candidate(best.spelling, best.score - share, best.reason)
    return sorted([first, Candidate(twin, share, "rule: ж and дж are both in use"), *rest[1:]], key=lambda c: -c.score)


def _reason(model: Model, word: str, russian: str) -> str:
    hashed = word_hash(russian)
    if model.attested.get(zlib.crc32(word.encode())) == hashed:
        return "attested"
    rules = [scheme for scheme in SCHEMES if romanise(russian, scheme) == word]
    why = "rule: " + ", ".join(rules) if rules else "model"
    return why + (", known name" if hashed in model.known or hashed in model.dictionary else "")


_SPLIT = regex.compile(r"([\s\-‐–]+)")


def normalise(name: str) -> str:
    """Return the name in lower case, NFC, with one kind of apostrophe: what the model was trained on."""
    return _APOSTROPHE.sub("'", unicodedata.normalize("NFC", name.lower()).strip())


def suggest(name: str, kind: str = "", language: str = "", count: int = 5) -> list[Candidate]:
    """Suggest Russian spellings of a romanised name, best first.

    Args:
        name: as English prints it, one or more words: "Sooronbai Jeenbekov", "Jalal-Abad".
        kind: "person", "place" or "" where it is not known.
        language: ISO 639 code of the name's language (ky, kk, uz, tg, tk, az, ru) or "".
        count: how many candidates at most.

    Returns:
        Candidates in the nominative, scores summing to at most 1; empty for an empty name and for one with a word
        of over 60 letters.
    """
    if not name.strip() or any(len(part) > LONGEST for part in name.split()):
        return []
    model = load_model()
    context = "central-asian" if language in ALPHABETS and kind != "place" else kind
    context = context if context in model.weights else ""
    parts = _SPLIT.split(name.strip())
    words = [press_manner(normalise(part.rstrip(".,")), language) for part in parts[::2]]
    fixed = PARTICLES | PLACE_WORDS if len(words) > 1 else PARTICLES
    options = [None if w in fixed else candidates_of(model, w) for w in words]
    sides = sides_of(o for w, o in zip(words, options, strict=True) if o is not None and len(w) > 2)
    ranked = []
    for part, word, found in zip(parts[::2], words, options, strict=True):
        if not regex.search(r"\p{Latin}", part):
            ranked.append([Candidate(part, 1.0, "kept")])
        elif found is None:
            ranked.append([Candidate(_cased(fixed[word], part), 1.0, "rule: fixed word")])
        else:
            choices = with_twin(rank_word(model, word, found, context, sides)[:8], word, context)
            ranked.append([Candidate(_cased(c.spelling, part), c.score, c.reason) for c in choices])
    if not all(ranked):
        return []
    whole = []
    for choice in itertools.islice(_combinations(ranked), 200):
        text = "".join(x for pair in itertools.zip_longest((c.spelling for c in choice), parts[1::2], fillvalue="")
                       for x in pair)  # fmt: skip
        whole.append(Candidate(text, math.prod(c.score for c in choice), _join(c.reason for c in choice)))
    return sorted(whole, key=lambda c: -c.score)[:count]


def _cased(russian: str, latin: str) -> str:
    """Give a word the capitals of its source, and the stop of an initial (A. → А.)."""
    initial = regex.fullmatch(r"\p{L}\.", latin)
    if latin.isupper() and len(latin) > 1 and not initial:
        return russian.upper()
    return (_title(russian) if latin[:1].isupper() else russian) + ("." if initial else "")


def _title(word: str) -> str:
    return word[:1].upper() + word[1:]


def _combinations(ranked: list[list[Candidate]]) -> Iterable[tuple[Candidate, ...]]:
    width = 8 if len(ranked) == 1 else 5 if len(ranked) == 2 else 3
    return itertools.product(*(r[:width] for r in ranked))


def _join(reasons: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(reasons))
