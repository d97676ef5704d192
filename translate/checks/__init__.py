"""Doubts about a translated sentence: small functions from a source and a target to `Problem` values.

pair        a sentence beside its translation
terms       the glossary's names in another spelling, replaced, barred
figures     numbers, dates, times, units and money as values
numerals    number words as values
lasting     spans of time, in whatever unit
renderings  a name that no glossary has, rendered in two ways across an article
house       where a person's text departs from the house style
inspecting  the ordered list of checks: length, numbers, quotes, scripts …, and `inspect_all`
confidence  how likely a sentence is to be usable as it stands
"""

from translate.checks.house import departures
from translate.checks.inspecting import CHECKS, NAMES, Check, inspect, inspect_all, unlisted
from translate.checks.pair import Pair

__all__ = ["CHECKS", "NAMES", "Check", "Pair", "departures", "inspect", "inspect_all", "unlisted"]
