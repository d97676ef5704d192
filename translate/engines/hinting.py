"""A sentence with its hints written into it: the Russian of a term in the place of its English.

“The letter was signed by Алмазбек Атамбаев.”: a model that reads both scripts copies the word and declines it, which
one that was never trained for it does as well (docs/why/pinning.md has the figures). To give the Russian in brackets
behind the English is of no use: «Караимов (Каримов) правил 27 лет».
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from translate.engines.protocol import Draft, Request
from translate.spans import Edit, Edited


@dataclass(frozen=True, slots=True)
class Hinted:
    """A request as the model reads it.

    Args:
        request: without hints, the Russian in its text.
        edited: how that text came of the sentence.
    """

    request: Request
    edited: Edited

    def restored(self, draft: Draft) -> Draft:
        """Let the links of a draft begin in the sentence as it was."""
        if not self.edited.edits or draft.alignment is None:
            return draft
        back = self.edited.inverse
        return replace(draft, alignment=tuple(replace(a, source=back.move(a.source)) for a in draft.alignment))


def write_in(request: Request) -> Hinted:
    """Write the hints of a request into its text, those left out that overlap an earlier one or a kept span."""
    edits: list[Edit] = []
    for hint in sorted(request.hints, key=lambda h: h.span.start):
        free = not edits or edits[-1].stop <= hint.span.start
        if free and not any(map(hint.span.overlaps, request.kept)):
            edits.append(Edit(hint.span.start, hint.span.stop, hint.written))
    edited = Edited(request.text, tuple(edits))
    kept = tuple(edited.move(span) for span in request.kept)
    return Hinted(replace(request, text=edited.text, hints=(), kept=kept), edited)
