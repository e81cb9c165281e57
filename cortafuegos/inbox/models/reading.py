"""What a brand taught the desk to read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class ReadingPolicy(models.Model):
    """One per brand, and none until something is learned or set: the shipped model then reads alone."""

    brand = models.OneToOneField("cortafuegos.Brand", models.CASCADE, related_name="reading_policy")
    layer = models.IntegerField(default=0)  # the number of the brand's layer that reads; 0 for none
    nightly = models.BooleanField(default=True)  # may the night choose another
    topics = models.JSONField(default=dict)  # name: examples
    version = models.IntegerField(default=0)  # grows with every change
    updated_at = models.DateTimeField(auto_now=True)


class OwnLayer(models.Model):
    """A version of a brand's layer. Kept also when it was not taken, so that the page can say why."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    number = models.IntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    corrections = models.IntegerField()  # labels, learned from and held out
    held_out = models.IntegerField()
    shipped = models.FloatField()  # shares of the held-out ones each read right
    before = models.FloatField()
    after = models.FloatField()
    kept = models.FloatField()  # share of what nobody corrected that stays as it was
    verdict = models.CharField(max_length=10)  # taken, no_better, forgets
    weights = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["brand", "number"], name="own_layer_number")]
