"""House style of the Russian edition: quotes, dashes, spaces that do not break, numbers, dates.

Each rule is a noun in an ordered list with the sentence that forced it, can be turned off by name, and hands back
edits instead of a new text, so that a span of the text (a pinned name) can be followed through all of them.
Rules are kept to what can be seen in the text itself: no rule guesses a letter ё, an agreement or a sense.

editing     what a rule is, how edits are applied and spans followed
quotes      quotation marks, direct speech
numbers     numbers, ranges, dates, units
rules       the ordered list, and `typeset`

Source: Розенталь, «Справочник по правописанию и литературной правке»; Мильчин, «Справочник издателя и автора».
"""

from translate.typography.editing import NBSP, Rule, Setting, Step, Typeset
from translate.typography.rules import NAMES, RULES, typeset

__all__ = ["NAMES", "NBSP", "RULES", "Rule", "Setting", "Step", "Typeset", "typeset"]
