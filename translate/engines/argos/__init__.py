"""Argos packages, what people use in earnest: found, installed safely, and run on CTranslate2.

packages    where they are kept and which are installed
archive     an .argosmodel installed without trust
index       the one place that opens a connection: `tolmach models install` and `available`
engine      inference
"""

from translate.engines.argos.engine import ArgosEngine

__all__ = ["ArgosEngine"]
