from gettext import gettext as _
from gettext import ngettext

# Translators: a button
print(_("Send"))
print(_("{n} of {total} sent").format(n=1, total=2))
print(ngettext("%d letter", "%d letters", 3) % 3)
print(_("100 % of readers"))
