"""How a share is written as a percentage, on pages and in reasons; the one place where a share is rounded for people."""

SPACE = "\u00a0"
"""A space that does not break, between a number and its unit."""


def show_share(share: float) -> str:
    """Show a share as a whole percentage, which says 0 % and 100 % only where they are exact.

    Args:
        share: Float from 0 to 1.

    Returns:
        String such as `62 %`, `under 1 %` or `over 99 %`.
    """
    if share <= 0:
        return f"0{SPACE}%"
    if share >= 1:
        return f"100{SPACE}%"
    percent = round(share * 100)
    if percent == 0:
        return f"under{SPACE}1{SPACE}%"
    return f"over{SPACE}99{SPACE}%" if percent == 100 else f"{percent}{SPACE}%"
