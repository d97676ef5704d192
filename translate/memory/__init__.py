"""The translation memory: every sentence ever translated or corrected, in one SQLite file of the user's.

entries      the file: what is known of a sentence
remembering  an engine behind it: what is known is not translated again
opening      an engine opened for work, memory and protection around it
"""

from translate.memory.entries import Entry, Memory, memory_path
from translate.memory.opening import open_engine
from translate.memory.remembering import RememberingEngine

__all__ = ["Entry", "Memory", "RememberingEngine", "memory_path", "open_engine"]
