"""Ways out of the building: every channel is an Apprise plugin, every address an Apprise URL.

Callers use ``registry.post(url, parcel)``. Nothing here imports Apprise until a letter leaves.
"""
