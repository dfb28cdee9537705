"""What every engine does about finding: each language by itself, and all that was found put together."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from generator.again import Drawer
from generator.archive import find_reported
from generator.fingerprint import Posting, remember
from generator.found import CommonPassage, Formula, Found, Match
from generator.kept import are_enough, find_again
from generator.rules import FindRules
from generator.score import Join, find_scored
from generator.values import Article


def find_in_languages(
    articles: Sequence[Article],
    postings: Sequence[Posting],
    rules: FindRules,
    join: Join,
    drawer: Drawer | None = None,
    digests: Sequence[bytes] = (),
) -> Found:
    """Find what Engine.find_matches gives.

    Args:
        articles: Sequence of Article, with distinct ids.
        postings: Sequence of Posting, of what counts of the same articles.
        rules: FindRules.
        join: Join.
        drawer: Drawer, where scores of an earlier time are kept, or None.
        digests: Sequence of bytes, the digest of each article; needed beside a drawer.

    Returns:
        Found.
    """
    languages: dict[str, list[int]] = defaultdict(list)
    for index, article in enumerate(articles):
        languages[article.language].append(index)
    matches: list[Match] = []
    formula: list[Formula] = []
    passages: list[CommonPassage] = []
    ignored = 0
    named = {article.id: digest for article, digest in zip(articles, digests, strict=False)}
    for language, indices in languages.items():
        peers = [articles[index] for index in indices]
        score = find_scored
        if drawer and are_enough(peers):
            score = partial(find_again, digests=named, drawer=drawer, name=language)
        found = find_reported(peers, [postings[index] for index in indices], rules, join, score)
        matches += found.matches
        formula += found.formula
        passages += found.passages
        ignored += found.ignored
    # Clusters and their sources ask for those once more.
    matched = {name for match in matches for name in (match.a, match.b)}
    # Others ask for whole articles; of one with boilerplate this is only what counts.
    whole = (pair for pair in zip(articles, postings, strict=True) if not pair[0].boilerplate)
    remember(pair for pair in whole if pair[0].id in matched)
    return Found(
        tuple(sorted(matches, key=lambda match: (match.a, match.b))),
        tuple(sorted(formula, key=lambda own: own.article)),
        ignored,
        tuple(sorted(passages, key=lambda passage: (passage.a, passage.b, passage.at_a))),
    )
