"""Words that tell names from other capitalised words; English is the most complete."""

from generator.patterns import compile_pattern

TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof professor sir dame president vice-president minister ministers chancellor secretary
    general gen lt col colonel capt captain maj major sgt sergeant admiral adm senator sen rep representative
    congressman congresswoman governor gov mayor king queen prince princess pope bishop archbishop cardinal rabbi
    imam sheikh ayatollah judge chief executive ceo chairman chairwoman director spokesman spokeswoman spokesperson
    ambassador deputy leader premier mp mep coach manager detective inspector officer attorney commissioner
    commander m mme mlle monsieur madame herr frau señor señora don doña signor signora kanzler bundeskanzler
    bundeskanzlerin präsident minister ministerin ministre président présidente presidente ministro
    """.split()  # noqa: SIM905
)
"""Words before a person's name that are no part of it, casefolded."""

DEPARTMENTS = frozenset("state defense defence treasury staff health justice commerce energy".split())  # noqa: SIM905
"""What follows a title and `of` without being a name, as in `Secretary of State`, casefolded."""

NO_NAMES = frozenset(
    """
    i i'm i'll i've i'd i’m i’ll i’ve i’d monday tuesday wednesday thursday friday saturday sunday january february
    march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct
    nov dec mon tue tues wed thu thurs fri sat sun am pm gmt est utc pct
    """.split()  # noqa: SIM905
)
"""Words with a capital that name nobody, casefolded."""

OPENINGS = frozenset(
    """
    the a an in on at by to of for from with as and but or if when while after before since during although though
    however meanwhile also this that these those there it he she they we you his her their its our my your not no
    yes all some many most more other another each both such what who which how why where then now last next earlier
    later according yesterday today tomorrow once still even just only perhaps instead despite because until without
    like unlike under over among through nearly about around between against so yet thus moreover furthermore
    additionally one two three le la les un une des dans en sur pour par avec selon el los las una del y il lo gli
    der die das ein eine im am mit von laut
    """.split()  # noqa: SIM905
)
"""Words that open a sentence before a name without being a part of it, casefolded."""

ADJECTIVE = compile_pattern(
    r"(?:\p{L}+(?:ians?|eans?|ish|ese|cans?|iotes?|tch|stanis?|raelis?|raqis?|udis?|manis?|taris?|eks?|wiss|ndis?)"
    r"|french|thais?|yemenis?|kuwaitis?|emiratis?|turks?|kurds?|arabs?|germans?|danes?|swedes?|finns?|poles?|spaniards?)"
)
"""Casefolded words such as `syrian` or `kurds`, which say of what sort something is."""
