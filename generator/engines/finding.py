"""What every engine does about finding: each language by itself, and all that was found put together."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

import numpy as np

from generator.again import Drawer
from generator.archive import find_reported
from generator.fingerprint import Posting, remember
from generator.found import Found
from generator.frequent import find_frequent, leave_out, tell_frequent
from generator.joining import Join
from generator.kept import are_enough, find_again
from generator.parts import Hold, Spread, choose
from generator.rules import FindRules
from generator.score import find_scored
from generator.values import Article


def find_in_languages(
    articles: Sequence[Article],
    postings: Sequence[Posting],
    rules: FindRules,
    join: Join,
    spread: Spread,
    drawer: Drawer | None = None,
    digests: Sequence[bytes] = (),
    hold: Hold = list,
) -> Found:
    """Find what Engine.find_matches gives.

    Args:
        articles: Sequence of Article, with distinct ids.
        postings: Sequence of Posting, of what counts of the same articles.
        rules: FindRules.
        join: Join.
        spread: Spread.
        drawer: Drawer, where scores of an earlier time are kept, or None.
        digests: Sequence of bytes, the digest of each article; needed beside a drawer.
        hold: Hold.

    Returns:
        Found.
    """
    languages: dict[str, list[int]] = defaultdict(list)
    for index, article in enumerate(articles):
        languages[article.language].append(index)
    named = {article.id: digest for article, digest in zip(articles, digests, strict=False)}
    lots = []
    for language, indices in languages.items():
        peers, posts = [articles[index] for index in indices], choose(postings, np.array(indices))
        frequent, holders = find_frequent(posts, rules.most_holders)
        score = find_scored
        if drawer and are_enough(peers):
            score = partial(find_again, digests=named, drawer=drawer, name=f"{language} {frequent.tobytes().hex()}")
        found = find_reported(peers, leave_out(posts, frequent, hold), rules, join, score, spread)
        lots.append(tell_frequent(found, peers, posts, frequent, holders))
    found = _put_together(lots)
    # Clusters and their sources ask for those once more.
    matched = {name for match in found.matches for name in (match.a, match.b)}
    # Others ask for whole articles; of one with boilerplate this is only what counts.
    whole = (pair for pair in zip(articles, postings, strict=True) if not pair[0].boilerplate)
    remember(pair for pair in whole if pair[0].id in matched)
    return found


def _put_together(lots: Sequence[Found]) -> Found:
    return Found(
        tuple(sorted((match for found in lots for match in found.matches), key=lambda match: (match.a, match.b))),
        tuple(sorted((own for found in lots for own in found.formula), key=lambda own: own.article)),
        sum(found.ignored for found in lots),
        tuple(sorted((one for found in lots for one in found.passages), key=lambda one: (one.a, one.b, one.at_a))),
        tuple(sorted({key for found in lots for key in found.frequent})),
    )
