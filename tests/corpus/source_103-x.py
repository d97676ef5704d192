from gettext import gettext as _
from gettext import ngettext

# Translators: a button
print(_("Send"))
print(_("{n} of {total} sent").format(n=1, total=2))
print(ngettext("%d letter", "%d let\ud800ters", 3) % 3)
print(_("100 % of readers"))
