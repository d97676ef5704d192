"""Format strings as msgfmt reads them: which arguments a text takes, and whether its translation takes the same.

Only a text whose entry carries the flag is read this way. “100 %” in an entry without a flag is a percentage; with
the flag `c-format` it is an invalid directive, and what is invalid in the source is not asked of the translation.

arguments   what a format string asks for, and how two of them differ
c_python    C, Objective-C, Python
printf      the family of printf: JavaScript, PHP, Perl, Ruby, Java …
braces      arguments in braces, bare names and numbers: C#, Java, Perl, shell, Qt, KDE, Smalltalk
lisp        Common Lisp and Scheme

Source: GNU gettext 0.21, msgfmt --check-format; `python benchmarks/catalog_check.py formats` holds them beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from translate.catalog.formats import braces, printf
from translate.catalog.formats.arguments import Arguments, FormatError, difference
from translate.catalog.formats.c_python import brace_arguments, c_arguments, objc_arguments, python_arguments
from translate.catalog.formats.lisp import lisp_arguments, scheme_arguments
from translate.messages import lazy_gettext as _

__all__ = ["FORMATS", "Arguments", "FormatError", "compare"]

FORMATS: Mapping[str, Callable[[str], Arguments]] = {
    "c-format": c_arguments,
    "objc-format": objc_arguments,
    "python-format": python_arguments,
    "python-brace-format": brace_arguments,
    "java-format": braces.java_arguments,
    "java-printf-format": printf.java_printf_arguments,
    "csharp-format": braces.csharp_arguments,
    "javascript-format": printf.JAVASCRIPT.read,
    "scheme-format": scheme_arguments,
    "lisp-format": lisp_arguments,
    "elisp-format": printf.ELISP.read,
    "librep-format": printf.LIBREP.read,
    "ruby-format": printf.ruby_arguments,
    "sh-format": braces.shell_arguments,
    "awk-format": printf.AWK.read,
    "lua-format": printf.LUA.read,
    "object-pascal-format": printf.pascal_arguments,
    "smalltalk-format": braces.smalltalk_arguments,
    "qt-format": braces.qt_arguments,
    "qt-plural-format": braces.qt_plural_arguments,
    "kde-format": braces.kde_arguments,
    "kde-kuit-format": braces.kuit_arguments,
    "boost-format": printf.boost_arguments,
    "tcl-format": printf.TCL.read,
    "perl-format": printf.PERL.read,
    "perl-brace-format": braces.perl_brace_arguments,
    "php-format": printf.PHP.read,
    "gcc-internal-format": printf.GCC.read,
    "gfc-internal-format": printf.GFC.read,
    "ycp-format": braces.smalltalk_arguments,
}


def compare(name: str, source: str, target: str, *, strict: bool = True) -> str:
    """Return what is wrong with the arguments of a translation, "" where nothing is.

    Args:
        name: the flag, a key of `FORMATS`.
        source, target: the texts.
        strict: the translation must use every argument; False for a plural form of one number, which may spell it.
    """
    read = FORMATS[name]
    try:
        expected = read(source)
    except FormatError:
        return ""
    try:
        found = read(target)
    except FormatError as error:
        return _("no valid {name}: {error}", name=name, error=error.args[0])
    return difference(expected, found, strict=strict)
