"""The tool's own messages in the language of the user's locale (`locales/<lang>/LC_MESSAGES/tolmach.mo`)."""

from __future__ import annotations

import gettext

from translate.files import shipped

_catalog = gettext.translation("tolmach", shipped("locales"), fallback=True)

_ = _catalog.gettext
ngettext = _catalog.ngettext
