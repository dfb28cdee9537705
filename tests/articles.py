"""Articles that tests are made of."""

import random

from generator.values import Article

WORDS = """
harbour council inquiry ferry dividend glacier orchard minister verdict tunnel referee vaccine archive senator
cathedral monsoon treaty refinery satellite orchestra parliament quarry lighthouse cyclone embassy tribunal
the of and to in was said on for with that had by at from after would
""".split()  # noqa: SIM905 - a list of forty words reads worse


def make_article(name, text, **known):
    """An English article with that id and text."""
    known.setdefault("language", "en")
    return Article(id=name, path=f"{name}.txt", title=known.pop("title", name), text=text, **known)


def invent(seed, words=120):
    """A text of invented sentences, the same for the same seed."""
    chance = random.Random(seed)
    made = [chance.choice(WORDS) + (str(chance.randrange(9)) if chance.random() < 0.3 else "") for _ in range(words)]
    sentences = [" ".join(made[i : i + 12]).capitalize() + "." for i in range(0, words, 12)]
    return " ".join(sentences)


def reword(text, part, seed):
    """The text with a part of its words replaced by others."""
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + "x" if chance.random() < part else word for word in text.split())


SYLLABLES = "ba che dor fil gan hes jor kal lim mon ner pul ras sto tev und vor wex yal zen".split()  # noqa: SIM905
SMALL = "the of and to in was said on for with that".split()  # noqa: SIM905


def tell(seed, sentences=10):
    """Sentences of a story of its own: another story has no name or rare word in common with it."""
    chance = random.Random(seed)
    return [
        " ".join(
            chance.choice(SMALL) if chance.random() < 0.4 else "".join(chance.choices(SYLLABLES, k=4))
            for _ in range(14)
        ).capitalize()
        + "."
        for _ in range(sentences)
    ]


def rewrite(sentences, part, seed):
    """The sentences with a part of their words replaced by words of the rewriter's own."""
    chance = random.Random(seed)
    words = " ".join(sentences).split()
    return ["".join(chance.choices(SYLLABLES, k=4)) if chance.random() < part else word for word in words]


WIRE = """ date 2024-03-05 LISBON — (AP) — Dock workers at the port of Setubal walked out on Tuesday over night shifts, \
halting shipments from three car plants, the union and the port authority said.

The union Mar Firme said about 340 of its 410 members had joined the strike. Managers had refused to limit night shifts \
to four a week, it said.

“Nobody can sleep four hours and then steer a crane,” union leader Ines Carvalho told reporters at the gate.

The port authority said two ships bound for Emden were waiting offshore with 2,900 cars on board. It put the losses at \
1.2 million euros a day.

Labour Minister Rui Teles invited both sides to talks in Lisbon on Thursday.

Associated Press writer Marta Lobo in Madrid contributed to this report.
"""

REWRITE = """Dock workers in Setubal stopped work on Tuesday in a dispute over night shifts, bringing shipments from \
three car plants to a halt, according to the union and the port authority.
The union Mar Firme said around 340 of its 410 members took part in the strike. It said managers had refused to cap \
night shifts at four per week.
Two ships bound for Emden were stuck offshore with 2,900 cars on board, and the port authority estimated losses of \
1.2 million euros per day.
Labour Minister Rui Teles has asked both sides to meet in Lisbon on Thursday.
"""

UNRELATED = """A glacier above the village of Kandersteg lost eleven metres of ice in August, the largest loss since \
records began in 1961, researchers from Bern reported.

Guides have closed the northern path, and hikers are asked to take the longer way along the ridge.
"""


def write_sample(folder):
    """A folder of a wire story, its rewrite and a stranger."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "wire.txt").write_text(WIRE, encoding="utf-8")
    (folder / "rewrite.txt").write_text(REWRITE, encoding="utf-8")
    (folder / "glacier.txt").write_text(UNRELATED, encoding="utf-8")
    return folder
