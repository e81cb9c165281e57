"""What all stand-ins for real networks share: a server on loopback, faults on demand, pushes.

A network's own behaviour (addresses, headers, error bodies) lives in its own folder's ``fake``.
"""
