"""A session of Spark that tests share: two cores of this machine."""

from contextlib import contextmanager

from generator.engines.spark.engine import SparkEngine
from generator.rules import RunRules

RULES = RunRules(engine="spark", master="local[2]", memory="768m")


@contextmanager
def open_spark(**rules):
    """An engine on two cores, ended when the tests are done."""
    with SparkEngine(RunRules(**{"engine": "spark", "master": RULES.master, "memory": RULES.memory} | rules)) as engine:
        yield engine
