"""`{% load networks %}`: what people call a network."""

from __future__ import annotations

from django import template

from cortafuegos.channels.health import network_name

register = template.Library()
register.filter("network_name", network_name)
