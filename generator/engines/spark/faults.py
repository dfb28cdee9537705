"""What Spark says of a fault, at length → one line that a user can act on."""

import re

# What is looked for in all that Spark says, the plainer cause first; what it found is put in.
_KNOWN = (
    (
        r"different version: (?P<worker>[\d.]+) than that in driver: (?P<driver>[\d.]+)"
        r"|different version from the driver",
        "the workers run Python {worker}, this machine {driver}; let PYSPARK_PYTHON name the same Python on all of them",
    ),
    (
        r'Cannot run program [\\"]*(?P<program>[^\s\\"]+)',
        "the workers have no {program}; let PYSPARK_PYTHON name a Python that they all have",
    ),
    (
        r"No module named [\\\"']*(?P<module>[\w.]+)",
        "the workers' Python has no {module}; install the same twicetold on all of them, or let PYSPARK_PYTHON name its Python",
    ),
    (
        r"Invalid master URL|Could not parse Master URL|number of cores per executor \(=0\)",
        "it knows no such master; write the setting run.master as local[4], spark://host:7077 or as Spark names yours",
    ),
    (
        r"All masters are unresponsive|Connection refused: (?P<address>\S+)",
        "the master gave no answer; check that it runs, and the setting run.master",
    ),
    (
        r"No FileSystem for scheme|(?P<system>[\w.]*FileSystem) not found",
        "it has no file system for such addresses; name its packages with the option spark.jars or spark.jars.packages",
    ),
    (
        r"UNSUPPORTED_FILE_SYSTEM|UnsupportedOperationException: Not implemented",
        "files at such addresses can't be listed; download them into a folder, and name that",
    ),
    (
        r"UnknownHostException: (?P<host>[^\s;]+)",
        "no host has the name {host}; check the address",
    ),
    (
        r'(?:AccessDeniedException: |AccessControlException: [^\n]*?(?:inode|path)=")(?P<what>[^\s;"]+?)(?=:?[\s;]|"|$)',
        "it may not read {what}; check the permissions there, and whose name Spark goes by",
    ),
    (
        r"OutOfMemoryError|Total size of serialized results .* is bigger",
        "memory ran out; raise the setting run.memory",
    ),
    (
        r"No space left on device",
        "a disk is full; make room, or name another with the option spark.local.dir",
    ),
    (
        r"Python worker exited unexpectedly|Python worker failed to connect back",
        "a Python process ended again and again; most likely memory ran out: raise the setting run.partitions, or run fewer"
        " cores on one machine",
    ),
    (
        r"(?s)Error from python worker:.*?\n\s*(?P<last>\w+: [^\n]*)",
        "the workers' Python can't start ({last}); check PYSPARK_PYTHON",
    ),
    (
        r"ExecutorLostFailure|Master removed our application",
        "executors were lost again and again; look at the logs of the workers",
    ),
    (
        r"(?P<peer>[\w.-]+:\d+)(?: failed on connection exception|: Connection refused)",
        "nobody answers at {peer}; check the address, and that what serves it runs",
    ),
)
_LONGEST = 200


def explain(error: BaseException) -> str:
    """Say what is wrong and how to mend it.

    Args:
        error: BaseException, of Spark or of py4j.

    Returns:
        String of one line.
    """
    said = str(error)
    for pattern, message in _KNOWN:
        if found := re.search(pattern, said):
            return message.format(**{name: value or "another" for name, value in found.groupdict().items()})
    return " ".join(said.split())[:_LONGEST] or type(error).__name__
