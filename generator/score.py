"""What two articles share → how much of each stands in the other, and whether that makes a match."""

from generator.rules import FindRules
from generator.values import Match


def share(part: int, whole: int) -> float:
    """Part of a whole: part / whole, and 0.0 where the whole is nothing.

    Args:
        part: Integer.
        whole: Integer, at least as large.

    Returns:
        Share.
    """
    return part / whole if whole else 0.0


def make_match(ids: tuple[str, str], shared: int, totals: tuple[int, int], rules: FindRules) -> Match | None:
    """The match of two articles, or None where its score does not reach the threshold.

    Args:
        ids: Pair of strings, the two ids.
        shared: Integer, the weight of what stands in both.
        totals: Pair of integers, the weight of all that stands in each.
        rules: FindRules.

    Returns:
        Match, or None.
    """
    (a, total_a), (b, total_b) = sorted(zip(ids, totals, strict=True))
    match = Match(
        a=a,
        b=b,
        score=share(shared, min(total_a, total_b)),
        a_in_b=share(shared, total_a),
        b_in_a=share(shared, total_b),
    )
    return match if match.score >= rules.threshold else None
