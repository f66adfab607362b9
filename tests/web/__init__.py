"""The pages, asked over HTTP without a browser; rooms as in ``web/pages`` and beside it."""
