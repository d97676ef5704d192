"""OPUS-MT (Marian), NLLB and M2M models converted for CTranslate2: installed, verified and run like Argos packages.

languages   which pieces of a vocabulary name languages, and which languages those are
recognising what kind of model a folder holds, told by its files
models      where they are kept, which are installed, which translates a pair
installing  a folder or an archive taken in without trust
engine      inference: pieces, language tokens, what the source's punctuation becomes
"""

from translate.engines.opus.engine import OpusEngine

__all__ = ["OpusEngine"]
