"""Made-up terms and glossaries for property tests."""

from __future__ import annotations

import os

from hypothesis import settings
from hypothesis import strategies as st

from translate.glossary import Policy, Term
from translate.inflection import Slot

FUZZ = int(os.environ.get("TOLMACH_FUZZ", "0"))  # how many random cases to run; 0 for the quick default
examples = settings(max_examples=FUZZ or 25, deadline=None)

WORDS = (
    st.text("abcdeABCDE ’'-–éß", min_size=1, max_size=12)
    .map(lambda s: " ".join(s.split()))
    .filter(lambda s: s and "\u0301" not in s)
)
RUSSIAN = st.text("абвгдАБВГД «»-", min_size=1, max_size=12).map(lambda s: " ".join(s.split())).filter(bool)
SLOTS = st.builds(Slot, st.sampled_from(["gent", "datv", "ablt"]), st.sampled_from(["sing", "plur"]))
TERMS = st.builds(
    Term,
    source=WORDS,
    target=RUSSIAN,
    kind=st.sampled_from(["person", "place", "organisation", "demonym", "term", "interface"]),
    gender=st.sampled_from([None, "masc", "femn", "neut"]),
    number=st.sampled_from([None, "sing", "plur"]),
    animate=st.sampled_from([None, True, False]),
    aliases=st.lists(WORDS, max_size=3, unique=True).map(tuple),
    kk=RUSSIAN,
    ky=st.just(""),
    policy=st.sampled_from([Policy.PIN, Policy.FIXED, Policy.KEEP]),
    forms=st.dictionaries(SLOTS, st.lists(RUSSIAN, min_size=1, max_size=2).map(tuple)),
    since=st.sampled_from(["", "1991", "1991-08-31"]),
    until=st.sampled_from(["", "2019-03", "2020"]),
    note=RUSSIAN,
    extra=st.sampled_from([{}, {"x-desk": "юг"}, {"x-b": "1", "x-a": "2"}]),
)  # fmt: skip
BOOKS = st.lists(TERMS, max_size=8, unique_by=lambda t: t.source)
