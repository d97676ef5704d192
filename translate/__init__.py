"""Translate English news articles into Russian, offline, with pinned and declined terms.

The line a sentence travels is written once, in `translate.pipeline.translate_article`.
"""

__version__ = "0.1.0"
