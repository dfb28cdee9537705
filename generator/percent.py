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


def show_bound(bound: float) -> str:
    """Show a bound as the percentage that it is, with no more decimals than somebody gave it.

    Args:
        bound: Float from 0 to 1, such as the threshold.

    Returns:
        String such as `27 %` or `22.5 %`.
    """
    return f"{100 * bound:.6g}{SPACE}%"


def show_beside(share: float, bound: float) -> str:
    """Show a share in a sentence with a bound: a whole percentage, or with so many decimals that it lies on its side of the bound.

    Args:
        share: Float from 0 to 1.
        bound: Float from 0 to 1.

    Returns:
        String such as `45 %`, or `26.8 %` beside 27 %.
    """
    most = float(f"{100 * bound:.6g}")
    for decimals in range(1, 6):
        if (round(100 * share, decimals - 1) >= most) == (share >= bound):
            break
    return show_share(share) if decimals == 1 else f"{100 * share:.{decimals - 1}f}{SPACE}%"
