"""The tables that several subjects ask: one file a noun."""

import models.tables.people  # noqa: F401  (histories of all nouns point to persons)
