"""How fast triage reads: the whole answer of the first layer and of both, on one core, beside
scikit-learn's plain TF-IDF pipeline answering one single label. Processor time, so that a busy machine
counts less. The posts are the corpus' own: speed does not depend on what they say."""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

BATCH, BATCHES = 64, 24
_LOAD = """import time
start = time.perf_counter()
from cortafuegos import triage
triage.read([triage.Post("hola")])
print(time.perf_counter() - start)"""


def run() -> None:
    if os.environ.get("OMP_NUM_THREADS") != "1":  # one core, also for the libraries' own threads
        one = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        subprocess.run([sys.executable, "-m", "bench", "triage"], env=one, check=True)
        return
    from bench.triage_rivals import tf_idf
    from cortafuegos import triage
    from cortafuegos.triage import refine
    from cortafuegos.triage.training import corpus

    load = subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True).stdout
    print(f"first layer, loaded and first answer: {float(load):.2f} s")
    examples = corpus.read()
    random.Random(3).shuffle(examples)
    texts = [example.text for example in examples[: BATCH * BATCHES]]
    posts = [triage.Post(text, "es") for text in texts]
    _say("first layer, every label with reasons", _times(posts, triage.read))
    _say("first layer, every label, no reasons", _times(posts, lambda part: triage.read(part, explain=False)))
    model = tf_idf().fit([e.text for e in examples], [e.intent for e in examples])
    _say("scikit-learn TF-IDF, intent only", _times(texts, model.predict))
    before = _memory()
    started = time.perf_counter()
    refine.read(posts[:1])
    print(f"encoder, loaded and first answer: {time.perf_counter() - started:.1f} s")
    _say("both layers, every label with reasons", _times(posts[: BATCH * 6], refine.read))
    print(
        f"memory at most: {before:.0f} MB before the encoder (baseline included), {_memory():.0f} MB with it"
    )


def _times(posts: Sequence[Any], read: Callable[[Any], object]) -> list[float]:
    """Seconds of processor time a post, one figure a batch."""
    found = []
    for start in range(0, len(posts), BATCH):
        part = posts[start : start + BATCH]
        before = time.process_time()
        read(part)
        found.append((time.process_time() - before) / len(part))
    return found[1:]


def _say(what: str, times: Sequence[float]) -> None:
    median, worst = statistics.median(times) * 1e6, max(times) * 1e6
    print(f"{what}: median {median:,.0f} µs a post, worst batch {worst:,.0f} ({1e6 / median:,.0f} a second)")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
