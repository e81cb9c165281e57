"""WhatsApp's Cloud API of our own on loopback, with people to talk to.

network = WhatsApp()
number, ana = network.number("+34 600 000 001", "Condor Air"), network.person("Ana", "34600000002")
with serving(network.app()) as address:
    network.says(ana, number, "¿Dónde está mi maleta?")
    push(network, "http://127.0.0.1:8000/in/...")
"""
