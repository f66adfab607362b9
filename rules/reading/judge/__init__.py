"""A second opinion on sentences that the grammar left: signs of an order, weighed by what papers taught.

The weights are learned by ``python -m tests.corpus judge`` (decision 0019); reading needs no library.
"""
