"""The tool's own messages in the language of the user's locale (`locales/<lang>/LC_MESSAGES/tolmach.mo`)."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Mapping

from translate.files import shipped

DOMAIN = "tolmach"


def languages(environment: Mapping[str, str]) -> list[str]:
    """Return the languages that the environment asks for, the most wanted first.

    As GNU gettext does: LC_ALL outdoes LC_MESSAGES, that LANG; LANGUAGE lists more of them, unless the locale is C.
    The messages in the sources are English, so the list ends where English comes.
    """
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "C")
    if locale in {"C", "POSIX"} or locale.startswith("C."):
        return []
    wanted = [name for name in environment.get("LANGUAGE", "").split(":") if name] or [locale]
    until = next((n for n, name in enumerate(wanted) if name in {"C", "POSIX"} or name.startswith("en")), len(wanted))
    return wanted[:until]


_wanted = languages(os.environ)
_catalog = gettext.translation(DOMAIN, shipped("locales"), languages=_wanted, fallback=True)

_ = _catalog.gettext
ngettext = _catalog.ngettext


class Message(str):
    """A message whose words are chosen when it is shown: English as a string, so that what is kept has no locale.

    Args:
        msgid: the English text; {name} stands for an argument.
        plural: the English text for another number than one, or "".
        args: put in; one that is a Message is put into the same language. With `plural`, `n` is the number.
    """

    msgid: str
    plural: str
    args: Mapping[str, object]

    def __new__(cls, msgid: str, plural: str = "", /, **args: object) -> Message:
        """Put the English together."""
        english = plural if plural and args["n"] != 1 else msgid
        self = super().__new__(cls, english.format(**args) if args else english)
        self.msgid, self.plural, self.args = msgid, plural, args
        return self

    def __reduce__(self) -> tuple[Callable[..., Message], tuple[str, str, dict[str, object]]]:
        """Say how it is made again in another process."""
        return _again, (self.msgid, self.plural, dict(self.args))

    def format(self, *_args: object, **args: object) -> Message:
        """Return the message with its arguments put in; they stay apart from it, so that it can still be translated."""
        return Message(self.msgid, self.plural, **{**self.args, **args})

    @property
    def shown(self) -> str:
        """Return the message in the language of the locale."""
        text = ngettext(self.msgid, self.plural, int(str(self.args["n"]))) if self.plural else _(self.msgid)
        shown = {name: value.shown if isinstance(value, Message) else value for name, value in self.args.items()}
        return text.format(**shown) if shown else text


def shown(text: str) -> str:
    """Return a text in the language of the locale, if it is a `Message`."""
    return text.shown if isinstance(text, Message) else text


def _again(msgid: str, plural: str, args: Mapping[str, object]) -> Message:
    return Message(msgid, plural, **args)


def lazy_gettext(msgid: str, /, **args: object) -> Message:
    """Return a message to be translated when it is shown."""
    return Message(msgid, **args)


def lazy_ngettext(msgid: str, plural: str, /, **args: object) -> Message:
    """Return a message that depends on the number `n` among its arguments."""
    return Message(msgid, plural, **args)


def translate_click() -> None:
    """Have click say its own words in the same language: it asks gettext for them in the process's domain."""
    if _wanted:
        gettext.bindtextdomain(DOMAIN, str(shipped("locales")))
        gettext.textdomain(DOMAIN)


def _words_of_click() -> None:
    """Name what click says to users of this tool, so that it gets into our catalog; never called."""
    _("Usage:")
    _("Options")
    _("Commands")
    _("Positional arguments")
    _("Show this message and exit.")
    _("Show the version and exit.")
    _("%(prog)s, version %(version)s")
    _("default: {default}")
    _("required")
    _("env var: {var}")
    _("deprecated")
    _("Error: {message}")
    _("Aborted!")
    _("Try '{command} {option}' for help.")
    _("Missing command.")
    _("No such command {name!r}.")
    _("No such option {name!r}.")
    ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1)
    ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1)


def _faults_of_click() -> None:
    """Name what click says of a wrong option or argument; never called either."""
    _("Option {name!r} does not take a value.")
    ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1)
    _("Missing argument")
    _("Missing option")
    _("Missing parameter")
    _("Missing {param_type}")
    _("Missing parameter: {param_name}")
    _("Invalid value: {message}")
    _("Invalid value for {param_hint}: {message}")
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1)
    _("{value!r} is not a valid {number_type}.")
    _("{value} is not in the range {range}.")
    _("Choose from:\n\t{choices}")
    _("file")
    _("directory")
    _("path")
    _("{name} {filename!r} does not exist.")
    _("{name} {filename!r} is a file.")
    _("{name} {filename!r} is a directory.")
    _("{name} {filename!r} is not readable.")
    _("{name} {filename!r} is not writable.")
    _("Could not open file {filename!r}: {message}")
    _("unknown error")
    _("Do you want to continue?")
    _("Confirm the action without prompting.")
