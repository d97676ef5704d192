"""Translation models behind one seam: `load_engine(…).engine.translate(list[Request]) -> list[Draft]`.

protocol    what goes in and what comes out
loading     engines by name, the entry-point group `tolmach.engines`
decoding    what all engines do alike: cutting long sentences, guards, one retry
scoring     which words of a translation are owed to a term
clauses     where a long sentence is cut, and how its pieces are joined again
guards      the known ways in which a model fails
protecting  addresses and code carried over unchanged
pieces      where a model's pieces stand in the text
alignment   attention → links between code points
translators what runs on a CTranslate2 encoder and decoder: batches, attention
seals       checksums of a model folder
shelf       a folder of installed models, whole after a kill
unpacking   a model's archive unpacked without trust
argos       Argos packages: installed, verified, run
opus        converted OPUS-MT, NLLB and M2M models: the same
draft       the model that comes with the project
"""

from translate.engines.decoding import Decoder, Output, Settings, translate_with
from translate.engines.loading import Loaded, NoPairError, load_engine
from translate.engines.protocol import Contrast, Draft, Engine, Hint, Link, Request, Traits, WordLoss
from translate.engines.scoring import Score, contrast, contrast_with

__all__ = [
    "Contrast",
    "Decoder",
    "Draft",
    "Engine",
    "Hint",
    "Link",
    "Loaded",
    "NoPairError",
    "Output",
    "Request",
    "Score",
    "Settings",
    "Traits",
    "WordLoss",
    "contrast",
    "contrast_with",
    "load_engine",
    "translate_with",
]
