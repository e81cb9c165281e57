"""A stand-in for Threads: its addresses, answers, refusals and pushes, without Threads.

network = ThreadsNetwork()
brand = network.join("condor_air")
with network.serving() as address:
    post = network.say(brand, "Volvemos a volar a Lima")
    network.say("ana_v", "¿desde cuándo?", to=post)
    network.push("https://desk.example/in/...", times=2, backwards=True)
"""

from .network import ThreadsNetwork

__all__ = ["ThreadsNetwork"]
