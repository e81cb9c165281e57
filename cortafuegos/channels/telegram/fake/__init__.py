"""A Telegram of our own on loopback: its Bot API as bots see it, and people to talk to them.

network = Telegram()
bot, ana = network.bot("Condor Air", "condor_air_bot"), network.person("Ana", "ana_v")
with serving(network.app()) as address:
    network.says(ana, network.private(bot, ana), "¿Dónde está mi maleta?")
"""
