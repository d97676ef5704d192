"""The translation memory: every sentence ever translated or corrected, in SQLite files of the user's and the house's.

entries      what is known of a sentence, and how it lies in the file
database     the file: made, brought up to date, set aside where it is damaged
lookup       of exactly a sentence, and of those much like it
memory       one memory: what engines made, what people made, what was written out
learning     what an editor changed in a parallel text
carrying     given to other tools and taken from them
several      the house's memories and the user's own asked as one
remembering  an engine behind them: what is known is not translated again
opening      an engine opened for work, memory and protection around it
"""

from translate.memory.carrying import Taken, take_in, units_of, units_of_file
from translate.memory.entries import MemoryEntry, memory_path
from translate.memory.learning import Differing, Lesson, Taught, Teacher, learn, pair_up
from translate.memory.lookup import LEAST, Alike, Asked
from translate.memory.memory import Memory, Shown, Stats
from translate.memory.opening import open_engine
from translate.memory.remembering import RememberingEngine, corrections_of, show_to_editors, similar_of
from translate.memory.several import Memories, open_shared, opened

__all__ = [
    "LEAST",
    "Alike",
    "Asked",
    "Differing",
    "Lesson",
    "Memories",
    "Memory",
    "MemoryEntry",
    "RememberingEngine",
    "Shown",
    "Stats",
    "Taken",
    "Taught",
    "Teacher",
    "corrections_of",
    "learn",
    "memory_path",
    "open_engine",
    "open_shared",
    "opened",
    "pair_up",
    "show_to_editors",
    "similar_of",
    "take_in",
    "units_of",
    "units_of_file",
]
