"""What triage is measured beside: the commonest answer, TF-IDF with logistic regression, and ready-made
sentiment packages, those that work with no network. A package that is not installed is left out."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from bench.triage_data import Known
from cortafuegos.triage.training.corpus import Example


def tf_idf() -> Pipeline:
    """Character and word n-grams, logistic regression: the usual first answer."""
    grams = FeatureUnion(
        [
            (
                "characters",
                TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True),
            ),
            ("words", TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)),
        ]
    )
    return Pipeline([("grams", grams), ("model", LogisticRegression(C=5.0, max_iter=300))])


def trained_on(corpus: Sequence[Example], field: str, texts: Sequence[str]) -> list[object]:
    model = tf_idf().fit([e.text for e in corpus], [str(getattr(e, field)) for e in corpus])
    return list(model.predict(texts))


def across_sources(posts: Sequence[Known], field: str) -> list[object]:
    """Each source read by a model of the others: it has seen real posts, but none of this kind."""
    said: dict[int, object] = {}
    for source in sorted({post.source for post in posts}):
        others = [post for post in posts if post.source != source]
        own = [i for i, post in enumerate(posts) if post.source == source]
        model = tf_idf().fit([p.text for p in others], [str(p.answers[field]) for p in others])
        said.update(zip(own, model.predict([posts[i].text for i in own]), strict=True))
    return [said[i] for i in range(len(posts))]


def packages() -> Iterator[tuple[str, Callable[[str], str]]]:
    for name, load in (
        ("vaderSentiment", _vader),
        ("textblob", _textblob),
        ("sentiment_analysis_spanish", _spanish),
        ("afinn", _afinn),
        ("pattern", _pattern),
    ):
        try:
            yield name, load()
        except Exception as error:  # whatever a stranger's package raises, it does not work here
            print(f"  {name}: left out ({type(error).__name__})")


def _cut(value: float, low: float, high: float) -> str:
    return "negative" if value < low else "positive" if value > high else "neutral"


def _vader() -> Callable[[str], str]:
    analyser: Any = importlib.import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()
    return lambda text: _cut(analyser.polarity_scores(text)["compound"], -0.05, 0.05)


def _textblob() -> Callable[[str], str]:
    blob: Any = importlib.import_module("textblob").TextBlob
    return lambda text: _cut(blob(text).sentiment.polarity, -0.05, 0.05)


def _spanish() -> Callable[[str], str]:
    module: Any = importlib.import_module("sentiment_analysis_spanish.sentiment_analysis")
    analyser = module.SentimentAnalysisSpanish()
    return lambda text: _cut(analyser.sentiment(text), 0.05, 0.6)


def _afinn() -> Callable[[str], str]:
    afinn: Any = importlib.import_module("afinn").Afinn(emoticons=True)
    return lambda text: _cut(afinn.score(text), -0.5, 0.5)


def _pattern() -> Callable[[str], str]:
    spanish: Any = importlib.import_module("pattern.text.es")
    return lambda text: _cut(spanish.sentiment(text)[0], -0.05, 0.05)
