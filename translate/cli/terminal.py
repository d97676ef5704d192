"""The streams a command writes to: the one gate through which text of others passes on its way to a terminal.

An article, a file name, a glossary or a package index may hold escape sequences, which a terminal obeys: they rename
its window, clear its screen, or write into its clipboard; a direction mark shows “evil.exe” as something else. So
every control character is shown by its code instead. A product that goes to a file or a pipe is not touched.
"""

from __future__ import annotations

import io
import os
import re
import sys

# C0 but tab and line feed, delete, C1; separators that end a line; marks that turn the direction; half characters.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]"
)


def safe(text: str) -> str:
    """Show control characters by their codes, as JSON writes them; a byte of a name that is not UTF-8 as `\\xff`."""
    return _UNSAFE.sub(_code, text)


def _code(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


class Gate(io.TextIOWrapper):
    """A stream to a person's eyes."""

    def write(self, text: str, /) -> int:
        """Write text with its control characters made visible."""
        super().write(safe(text))
        return len(text)

    def draw(self, line: str) -> None:
        """Write over the last line, as a progress display does."""
        super().write(f"\r\033[K{safe(line)}")
        self.flush()


def draw(line: str) -> None:
    """Draw a line of progress on standard error, over the one before; "" takes it away."""
    if isinstance(sys.stderr, Gate):
        sys.stderr.draw(line)


def open_streams() -> None:
    """Put the gate before standard error, and before standard output where it is a terminal.

    A stream that the caller has closed (`2>&-`) gets its descriptor back: else the next file opened would take the
    number, and messages would go into it. What is written to a closed standard output is an error, not lost silently.
    """
    for descriptor, flags in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, flags)  # takes the lowest number that is free, which is this one
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = _gated(sys.stdout, always=False)
    sys.stderr = _gated(sys.stderr, always=True)


def _gated(stream: io.TextIOBase | object, *, always: bool) -> Gate:
    """Return the stream, behind the gate if it leads to a person; letters its encoding lacks are shown by code."""
    if type(stream) is not io.TextIOWrapper:  # a test's
        return stream  # type: ignore[return-value]
    encoding = "utf-8" if stream.encoding.lower() in {"ascii", "us-ascii", "ansi_x3.4-1968"} else stream.encoding
    if always or stream.isatty():
        buffered = stream.line_buffering
        return Gate(stream.detach(), encoding=encoding, errors="backslashreplace", line_buffering=buffered)
    stream.reconfigure(encoding=encoding, errors="backslashreplace")
    return stream  # type: ignore[return-value]
