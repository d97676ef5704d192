"""A source text and its translation, made by anyone, laid side by side.

evidence  what speaks for two runs of sentences being translations of each other
beads     the best way to lay them side by side, how sure it is, what was moved
articles  an article and its edition as a parallel text
pairing   which article of a folder belongs to which
reading   what is to be checked
"""

from __future__ import annotations

from translate.bitext.articles import DOUBTFUL, Edition, Tally, align_articles, lay
from translate.bitext.beads import Bead, align
from translate.bitext.evidence import Breaks
from translate.bitext.pairing import Couple, Pairing, pair_files
from translate.bitext.reading import read_pairs

__all__ = [
    "DOUBTFUL",
    "Bead",
    "Breaks",
    "Couple",
    "Edition",
    "Pairing",
    "Tally",
    "align",
    "align_articles",
    "lay",
    "pair_files",
    "read_pairs",
]
