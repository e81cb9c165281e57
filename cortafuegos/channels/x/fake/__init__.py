"""A stand-in for X: its addresses, headers, bodies and rules, without X.

with XNetwork().serving() as network:
    network.people.join("ana")
    network.people.say("ana", "@condor_air mi maleta no llega")
"""

from .network import XNetwork

__all__ = ["XNetwork"]
