"""Which script an article is written in: one that is in Russian already is not translated into it."""

from __future__ import annotations

import regex

from translate.article.blocks import Article
from translate.errors import ArticleError
from translate.messages import _


def refuse_cyrillic(article: Article) -> None:
    """Notice a text that is in Russian already: most of its letters are Cyrillic.

    Raises:
        ArticleError: it is.
    """
    text = " ".join(block.text for block in article.translatable())
    cyrillic = len(regex.findall(r"\p{Cyrillic}", text))
    if cyrillic > 20 and 2 * cyrillic > len(regex.findall(r"\p{L}", text)):
        raise ArticleError(
            _("the text is in Cyrillic letters, not in English"),
            path=article.path,
            hint=_("To check a translation: tolmach check SOURCE TRANSLATION. For another source language: --from."),
        )
