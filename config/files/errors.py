"""The one error of a configuration that cannot be used."""

from rules.refusal import Refusal


class ConfigError(Refusal, ValueError):
    """A settings file is wrong; the Vietnamese message names the file, the line and the field."""
