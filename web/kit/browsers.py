"""What a browser says of itself, in the words of whoever looks for a strange one among the own sign-ins."""

#: The first that fits: those that call themselves by another's name too come before it.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("coc_coc_browser", "Cốc Cốc"), ("SamsungBrowser", "Samsung"),
    ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
    ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser(agent: str) -> str:
    """Firefox trên Windows; what is not known is not guessed."""
    name = next((words for mark, words in _BROWSERS if mark in agent), "Trình duyệt không rõ tên")
    system = next((words for mark, words in _SYSTEMS if mark in agent), "")
    return f"{name} trên {system}" if system else name
