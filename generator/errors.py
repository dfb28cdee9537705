"""What can go wrong, as one family: caught once, in `cli`, and shown as one line."""


class GeneratorError(Exception):
    """Something that a user can mend.

    The message says what is wrong, where, and how to mend it, in one line.

    Attributes:
        exit_code: Integer, the code the command ends with: 2 for wrong usage or settings, 3 for a build that couldn't be.
    """

    exit_code = 3


class SettingsError(GeneratorError):
    """A setting or flag has a value that can't be used."""

    exit_code = 2


class ContentError(GeneratorError):
    """An article, or the folder that holds them, can't be read."""


class EngineError(GeneratorError):
    """The engine that finds matches can't run."""


class RenderError(GeneratorError):
    """A template can't be rendered."""


class WriteError(GeneratorError):
    """The site can't be written."""


class CacheError(GeneratorError):
    """The cache can't be used; a build does without it."""
