"""What can go wrong: exceptions where a file or a model is bad (where a linguist would doubt: `Problem` values).

    TranslateError          exit code
    ├── ArticleError        3   an article file cannot be read
    ├── GlossaryError       3   a glossary file is faulty (all its faults at once)
    ├── CatalogError        3   a .po/.pot/.mo file is faulty
    ├── ParallelError       3   a parallel text (.tsv, .jsonl) cannot be read back
    ├── FileError           3   a file cannot be written or edited in place
    ├── ConfigError         3   tolmach.toml or [tool.tolmach] is faulty
    └── EngineError         4   no engine, no model, a model that does not verify

`translate.cli.failures` is the one place that turns them into a message and an exit code
(0 ok, 1 aborted, 2 usage, 3 bad input file, 4 engine or model, 5 done but checks found problems, 6 a fault of ours).
"""

from __future__ import annotations

from pathlib import Path


class TranslateError(Exception):
    """Say what is wrong, where, and what to do next.

    Args:
        message: one line, without the path.
        path: the file that is at fault, if one is.
        line: 1-based line in it, if known.
        hint: the next step for the user, one line.
    """

    exit_code = 1

    def __init__(
        self, message: str, *, path: str | Path | None = None, line: int | None = None, hint: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.hint = hint

    def __str__(self) -> str:
        where = "" if self.path is None else f"{self.path}:" + (f"{self.line}: " if self.line else " ")
        return where + self.message


class ArticleError(TranslateError):
    """An article file cannot be read."""

    exit_code = 3


class GlossaryError(TranslateError):
    """A glossary file is faulty; `message` may hold several `path:line: message` lines."""

    exit_code = 3


class CatalogError(TranslateError):
    """A gettext catalog is faulty."""

    exit_code = 3


class ParallelError(TranslateError):
    """A parallel text cannot be read back."""

    exit_code = 3


class FileError(TranslateError):
    """A file cannot be written or edited in place."""

    exit_code = 3


class ConfigError(TranslateError):
    """The settings file is faulty."""

    exit_code = 3


class EngineError(TranslateError):
    """No engine for the pair, a missing model, or a model that does not verify."""

    exit_code = 4
