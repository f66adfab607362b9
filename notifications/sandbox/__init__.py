"""Stand-ins for the outside world, on loopback: for the demo, for trying a channel, for our own tests."""
