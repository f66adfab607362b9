"""One pass of delivery: what is dispatched, sent, settled, given another reader."""
