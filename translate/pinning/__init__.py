"""Pinned terms: the glossary's spelling put into the draft in the case the sentence asks for, with a proof each.

record      a pin, a pinned sentence
likeness    how much a word of the draft resembles a form of a name, whatever the spelling
locating    where each term of a sentence is rendered in the draft
phrasing    a term of several words owns its whole noun phrase
slotting    the case a place asks for
listing     the case that a list gives to its members
placing     the right form put in, preposition and agreement mended
capitals    headlines in capitals go to the engine in small letters and come back in capitals
standins    common names that take a term's place before translating
proving     the terms of a translation that a person made, found and never put in
exchanging  a person's translation of another sentence, offered with its names and numbers exchanged
undeclined  terms in a language whose declension we do not have
passes      free translation, then stand-ins for what was not found: `pin`
"""

from translate.pinning.capitals import alone, calmed, raised
from translate.pinning.exchanging import Suggestion, suggest
from translate.pinning.locating import Target, locate
from translate.pinning.passes import Exonyms, Sentence, exonyms, first_asked, pin
from translate.pinning.placing import place
from translate.pinning.proving import prove
from translate.pinning.record import Method, Pin, Pinned
from translate.pinning.undeclined import pin_undeclined, prove_undeclined

__all__ = [
    "Exonyms",
    "Method",
    "Pin",
    "Pinned",
    "Sentence",
    "Suggestion",
    "Target",
    "alone",
    "calmed",
    "exonyms",
    "first_asked",
    "locate",
    "pin",
    "pin_undeclined",
    "place",
    "prove",
    "prove_undeclined",
    "raised",
    "suggest",
]
