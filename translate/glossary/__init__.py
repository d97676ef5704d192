"""Glossary files and the terms found in a sentence: `glossaries/<domain>/<kind>.en-ru.tsv`.

term        a line as a value; a match
table       the grammar of a file; every fault with its line
folding     spelling variants that count as one
people      which words of a name are the surname, and what announces one
matching    the index of all spellings
reading     the article-level reader that finds terms
book        several files as one glossary
"""

from translate.glossary.book import Glossary
from translate.glossary.reading import Reader
from translate.glossary.table import Fault, read
from translate.glossary.term import KINDS, Found, Policy, Term, TermMatch

__all__ = ["KINDS", "Fault", "Found", "Glossary", "Policy", "Reader", "Term", "TermMatch", "read"]
