"""A source text and its translation, made by anyone, laid side by side.

evidence  what speaks for two runs of sentences being translations of each other
beads     the best way to lay them side by side, how sure it is, what was moved
articles  an article and its edition as a parallel text
pairing   which article of a folder belongs to which
reading   what is to be checked
mining    names and terms for a glossary
sounding  … those rendered by their sound
meaning   … those rendered by their meaning
phrases   … what may be a term in English
linking   … which words of a pair belong together
lemmatizing … and which lemma the Russian forms have
habits    how an edition writes
comparing what an edition says otherwise than ours
comparison … as a page
"""

from __future__ import annotations

from translate.bitext.articles import DOUBTFUL, Edition, Tally, align_articles, lay
from translate.bitext.beads import Bead, align
from translate.bitext.comparing import KINDS as CHANGES
from translate.bitext.comparing import Comparison, compare
from translate.bitext.comparison import comparison_page
from translate.bitext.evidence import Breaks
from translate.bitext.habits import Advice, Habit, advice, habits
from translate.bitext.mining import Mined, mine
from translate.bitext.pairing import Couple, Pairing, pair_files
from translate.bitext.reading import pairs_of, read_pairs

__all__ = [
    "CHANGES",
    "DOUBTFUL",
    "Advice",
    "Bead",
    "Breaks",
    "Comparison",
    "Couple",
    "Edition",
    "Habit",
    "Mined",
    "Pairing",
    "Tally",
    "advice",
    "align",
    "align_articles",
    "compare",
    "comparison_page",
    "habits",
    "lay",
    "mine",
    "pair_files",
    "pairs_of",
    "read_pairs",
]
