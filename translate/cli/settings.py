"""The settings that hold for a file, with every name under `off` known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from translate.config import Config


def settings_for(file: Path) -> Config:
    """Read the settings of a file's folder or one above it; where there are none, those of the current folder.

    Raises:
        ConfigError: a faulty file, or a name under `off` that is no rule and no check.
    """
    from translate import checks, config, typography

    found = config.load(file.parent)
    settings = found if found.path else config.load()
    settings.reject_unknown_rules((*typography.NAMES, *checks.NAMES))
    return settings
