"""What a language model is asked: one sentence, the terms in it with their Russian, and what stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from translate.engines.llm.numbering import asked_together
from translate.engines.protocol import Request
from translate.errors import ConfigError
from translate.languages import NAMES
from translate.messages import _

# Part of the engine's signature: raise it when a change of the words below changes what comes out.
VERSION = 1

# The words in which TranslateGemma was trained to be asked, as its model card gives them.
TRANSLATEGEMMA = (
    "You are a professional {source_name} ({source}) to {target_name} ({target}) translator. Your goal is to "
    "accurately convey the meaning and nuances of the original {source_name} text while adhering to {target_name} "
    "grammar, vocabulary, and cultural sensitivities.\n{notes}"
    "Produce only the {target_name} translation, without any additional explanations or commentary. Please translate "
    "the following {source_name} text into {target_name}:\n\n\n{text}"
)
CHAT = (
    "Translate this sentence of a news article from {source_name} into {target_name}.\n{notes}"
    "Answer with the translation alone, on one line, without quotation marks around it.\n\n{text}"
)
TOGETHER = (
    "Translate these {count} numbered sentences of a news article from {source_name} into {target_name}.\n{notes}"
    "Answer with {count} numbered lines, each the translation of the sentence of that number alone, and nothing else.\n"
    "\n{text}"
)
STYLES = {"translategemma": TRANSLATEGEMMA, "chat": CHAT}
_FIELDS = {"source", "source_name", "target", "target_name", "notes", "text"}


@dataclass(frozen=True, slots=True)
class Prompt:
    """How one model is asked.

    Args:
        template: {text} stands for the sentence, {notes} for terms and context, {source}, {target} for the languages'
            codes and {source_name}, {target_name} for their names.
        source, target: ISO 639 codes.
        context: how many of the preceding sentences are shown.
    """

    template: str
    source: str
    target: str
    context: int = 0

    def of(self, request: Request, *, bare: bool = False) -> str:
        """Return what to say for a sentence.

        Args:
            request: the sentence.
            bare: leave out terms and context, which a small model may translate along with the sentence.
        """
        notes = "" if bare else "".join((*self._context(request), *_terms([request])))
        return self.template.format(notes=notes, text=request.text, **self._names)

    def of_several(self, requests: Sequence[Request]) -> str:
        """Return what to say for several sentences that stand together: each under its number, terms for all."""
        notes = "".join((*self._context(requests[0]), *_terms(requests)))
        text = asked_together([request.text for request in requests])
        return TOGETHER.format(count=len(requests), notes=notes, text=text, **self._names)

    @property
    def _names(self) -> dict[str, str]:
        return {
            "source": self.source,
            "target": self.target,
            "source_name": NAMES.get(self.source, self.source),
            "target_name": NAMES.get(self.target, self.target),
        }

    def _context(self, request: Request) -> tuple[str, ...]:
        before = request.context[-self.context :] if self.context else ()
        return (f"For context, the text before it, not to be translated: {' '.join(before)}\n",) if before else ()


def _terms(requests: Sequence[Request]) -> tuple[str, ...]:
    known = dict.fromkeys((hint.span.of(one.text), hint.lemma) for one in requests for hint in one.hints)
    kept = dict.fromkeys(span.of(one.text) for one in requests for span in one.kept)
    lines = []
    if known:
        pairs = "; ".join(f"{english} = {russian}" for english, russian in known)
        lines.append(f"Use these translations, inflected as the sentence asks: {pairs}.\n")
    if kept:
        lines.append(f"Keep unchanged: {', '.join(kept)}.\n")
    return tuple(lines)


def template_of(style: str) -> str:
    """Return the template of a style, or the user's own if it has {text} in it.

    Raises:
        ConfigError: neither a known style nor a template that can be filled.
    """
    if style in STYLES:
        return STYLES[style]
    try:
        filled = style.format(**dict.fromkeys(_FIELDS, "‖"))
    except (KeyError, ValueError, IndexError, AttributeError):
        filled = ""
    if "{text}" not in style or not filled:
        known = ", ".join(STYLES)
        raise ConfigError(
            _("llm.style: {style!r} is none of {known}, and no template with {{text}} in it").format(
                style=style, known=known
            )
        )
    return style


def longest_answer(text: str) -> int:
    """Return how many tokens an answer may have: a letter of Russian is a third to a whole token."""
    return max(128, 2 * len(text))


def messages_of(said: str) -> Sequence[dict[str, str]]:
    """Return the chat that asks for it."""
    return [{"role": "user", "content": said}]
