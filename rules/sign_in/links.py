"""Where a one-time link leads: the one address of the pages that holds a secret."""

#: The page before which a token stands; its path is blacked out in every access log.
LINK_PATH = "/lien-ket/"


def link_url(base_url: str, token: str) -> str:
    """The address that a letter or a terminal shows, and nobody else keeps."""
    return f"{base_url.rstrip('/')}{LINK_PATH}{token}"
