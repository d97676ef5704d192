"""Russian spellings suggested for a romanised name, ranked; suggests, never decides.

A name such as Jeenbekov reaches English through a dozen romanisations at once (BGN/PCGN, passports, press habit, the
national Latin alphabets), so no letter table turns it back: of 51 Central Asian surnames the best table gets 47 %
right. Here a joint n-gram model over aligned letter pieces (zh→ж, j→дж, y→ый …) proposes spellings, and a log-linear
ranking weighs the model, known Russian names, and the romanisations under which the spelling gives back the input.

Chinese and Korean names follow their own tables (Palladius, Kontsevich), Arabic, Turkish and Vietnamese ones the press;
the reason names the tradition.

It stops at the letters: it does not know which of Женбеков and Жээнбеков a man signs with.

Source: M. Bisani and H. Ney, Joint-sequence models for grapheme-to-phoneme conversion, Speech Communication 50 (2008).

alphabets  romanisations and national Latin alphabets
model      the n-gram model, its file
spelling   a Latin word's Russian spellings under the model
eastern    Chinese and Korean names by the tables of the press
traditions Arabic, Turkish and Vietnamese names as the press has them
ranking    the spellings ranked, with reasons: `suggest`
"""

from translate.names.ranking import Candidate, suggest

__all__ = ["Candidate", "suggest"]
