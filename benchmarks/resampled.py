"""`python -m benchmarks.resampled CONTENT COUNT`: find the matches of many made articles, and print what it took as JSON.

The articles are drawn from those of a folder, with repetition; of each three words in ten are replaced by words drawn from all of
them. For every fiftieth a rewrite is planted, which replaces three in ten of its words once more.
"""

import gc
import json
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from generator.engines.local import LocalEngine
from generator.fingerprint import Posting, fingerprint
from generator.frequent import find_frequent, leave_out
from generator.prepare import normalised_words
from generator.read.folder import read_folder
from generator.rules import FindRules
from generator.score import score_articles, score_pair
from generator.scored import carry_over, digest_articles
from generator.values import Article

REPLACED = 0.3
PLANTED = 50


def resample(articles: Sequence[Article], count: int, chance: random.Random) -> Iterator[Article]:
    """Draw articles, and plant rewrites among them.

    Args:
        articles: Sequence of Article.
        count: Integer, how many to make.
        chance: Random.

    Yields:
        Article; the id of a rewrite is that of its source and `-told`.
    """
    words = [word for article in articles for word in article.text.split()]

    def reworded(article: Article, name: str) -> Article:
        text = " ".join(chance.choice(words) if chance.random() < REPLACED else w for w in article.text.split())
        return replace(article, id=name, path=f"{name}.txt", text=text)

    for number in range(count - count // PLANTED):
        made = reworded(chance.choice(articles), f"{number:06}")
        yield made
        if number % (PLANTED - 1) == 0 and number // (PLANTED - 1) < count // PLANTED:
            yield reworded(made, f"{made.id}-told")


def write_resampled(articles: Sequence[Article], count: int, file: Path) -> None:
    """Write made articles as a table that a build reads.

    Args:
        articles: Sequence of Article.
        count: Integer, how many to make.
        file: Path, which ends in `.jsonl`.
    """
    with file.open("w") as stream:
        for article in resample(articles, count, random.Random(1)):
            row = {
                name: getattr(article, name) for name in ("id", "text", "title", "date", "source", "author", "language")
            }
            stream.write(json.dumps(row) + "\n")


def measure(content: Path, count: int) -> dict[str, float]:
    """Find the matches of resampled articles.

    Args:
        content: Path of a folder of articles.
        count: Integer, how many to make; 0 takes the articles as they are.

    Returns:
        Dictionary: `articles`; `floor`, seconds of one process to cut the articles into words, and to read them where they are
        not made; `seconds` of the finding stage;
        `processor`, seconds of processor time of all processes that it took; `matches`; `planted`, how many rewrites have a
        reuse over the threshold, and `found`, how many of those are reported; `scoring`, how many planted rewrites have a score
        over the threshold where each is scored by itself, apart from the join, and `reported`, how many of those are.
    """
    started = time.perf_counter()
    read = read_folder(content).articles
    reading = time.perf_counter() - started
    articles = tuple(resample(read, count, random.Random(1))) if count else read
    started = time.perf_counter()
    for article in articles:
        normalised_words(article.text)
    floor = time.perf_counter() - started + (0 if count else reading)
    rules = FindRules()
    started = time.perf_counter()
    spent = _processor()
    found = LocalEngine().find_matches(articles, rules)
    seconds = time.perf_counter() - started
    spent = _processor() - spent
    pairs = {(match.a, match.b) for match in found.matches}
    by_id = {article.id: article for article in articles}
    planted = [(name.removesuffix("-told"), name) for name in by_id if name.endswith("-told")]
    reused = [pair for pair in planted if reuse(by_id[pair[0]], by_id[pair[1]]) >= rules.threshold]
    scores = score_apart(articles, planted, rules)
    scoring = [pair for pair in planted if scores[pair] >= rules.threshold]
    return {
        "articles": len(articles),
        "floor": floor,
        "seconds": seconds,
        "processor": spent,
        "matches": len(pairs),
        "planted": len(reused),
        "found": sum(pair in pairs for pair in reused),
        "scoring": len(scoring),
        "reported": sum(pair in pairs for pair in scoring),
    }


def score_apart(
    articles: Sequence[Article], pairs: Sequence[tuple[str, str]], rules: FindRules
) -> dict[tuple[str, str], float]:
    """Score pairs one by one, with what is formula of their articles among all.

    Args:
        articles: Sequence of Article.
        pairs: Sequence of pairs of ids, each of two articles in one language.
        rules: FindRules.

    Returns:
        Dictionary from pair to score.
    """
    engine, scores = LocalEngine(), {}
    for language in sorted({article.language for article in articles}):
        own = [article for article in articles if article.language == language]
        postings: list[Posting] = list(engine.map(fingerprint, own))
        postings = leave_out(postings, find_frequent(postings, rules.most_holders)[0])
        before = carry_over(None, digest_articles(own))
        formula = score_articles(postings, rules, engine._join, before, engine.map).formula
        place = {article.id: number for number, article in enumerate(own)}
        for pair in pairs:
            if pair[0] in place:
                one, other = (place[name] for name in pair)
                keys = formula.keys[formula.of(one)].tolist(), formula.keys[formula.of(other)].tolist()
                scores[pair] = score_pair(postings[one], postings[other], keys)
    return scores


def _processor() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def reuse(one: Article, other: Article) -> float:
    """The share of the lighter of two articles, by weight, that stands in the other.

    Args:
        one: Article.
        other: Article.

    Returns:
        Share.
    """
    lighter, heavier = sorted((fingerprint(one), fingerprint(other)), key=lambda posting: posting.total)
    held = set(heavier.keys.tolist())
    shared = sum(w for key, w in zip(lighter.keys.tolist(), lighter.weights.tolist(), strict=True) if key in held)
    return shared / (lighter.total or 1)


if __name__ == "__main__":
    # As the command line does: the word list is millions of objects that never die.
    gc.set_threshold(1_000_000)
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
