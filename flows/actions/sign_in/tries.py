"""How often somebody may try, by the library ``limits``; what is counted dies with the process of the pages.

Who tries too often at one account from one network is locked out of that pair alone: whoever has the account
comes in from anywhere else, and by a mailed link from there too. An account that is tried from many networks
at once becomes slow (one try a minute from each), never closed. A network with very many failures is turned
away before anything is hashed. Links, sign-ins that stand and recovery codes know no lock.

Counted in memory: one process alone may serve the pages (``flows/terminal/page_server.alone``). The keys are
hashes of few bits under a key of the process: what is typed is not kept, and however much is typed they stay
few. The window moves by the wall clock of the library; it decides nothing that is kept.
"""

from functools import cache
from hashlib import blake2b
from secrets import token_bytes

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from rules.refusal import Refusal
from rules.sign_in.networks import network_of

_PAIR = RateLimitItemPerMinute(10, 15, namespace="pair")
_ACCOUNT = RateLimitItemPerMinute(50, 60, namespace="account")
_SLOW = RateLimitItemPerMinute(1, 1, namespace="slow")
_NETWORK = RateLimitItemPerMinute(100, 15, namespace="network")
_CODE = RateLimitItemPerMinute(5, 15, namespace="code")
_RECOVERY = RateLimitItemPerMinute(20, 15, namespace="recovery")
_LINKS = 5  # to one account within the life of one
_LINKS_OF_NETWORK = RateLimitItemPerMinute(60, 15, namespace="link network")
_KEY, _KEY_BYTES = token_bytes(32), 2


class TooManyTries(Refusal):
    """So many wrong passwords came from this network that it has to wait; tells of no account."""


def check_network(address: str) -> None:
    """Before a password is looked at. Raises TooManyTries."""
    if not _limiter().test(_NETWORK, _bucket(network_of(address))):
        raise TooManyTries(
            "Có quá nhiều lần nhập sai mật khẩu từ mạng của bạn; hãy đợi 15 phút, hoặc đăng nhập bằng liên "
            "kết gửi qua thư điện tử."
        )


def may_try(account: str, address: str) -> bool:
    """Count a password tried at an account; whether it may be right."""
    pair = _bucket(account, network_of(address))
    free = _limiter().hit(_PAIR, pair)
    if _limiter().test(_ACCOUNT, _bucket(account)):
        return free
    return free and _limiter().hit(_SLOW, pair)


def was_wrong(account: str, address: str) -> None:
    """Count a wrong one against account and network."""
    _limiter().hit(_ACCOUNT, _bucket(account))
    _limiter().hit(_NETWORK, _bucket(network_of(address)))


def was_right(account: str, address: str) -> None:
    """Whoever is in has mistyped before."""
    _limiter().clear(_PAIR, _bucket(account, network_of(address)))


def may_try_code(person_id: int) -> bool:
    """Count a code of a telephone; only who has passed the first factor gets this far."""
    return _limiter().hit(_CODE, _bucket(str(person_id)))


def may_note_recovery(person_id: int) -> bool:
    """Count a recovery code; whether the trail tells of it if it is none. It is looked at always."""
    return _limiter().hit(_RECOVERY, _bucket(str(person_id)))


def code_was_right(person_id: int) -> None:
    """As ``was_right``."""
    _limiter().clear(_CODE, _bucket(str(person_id)))


def may_ask_for_link(account: str, address: str, minutes: int) -> bool:
    """Count a link that was asked for.

    Within the life of a link, so many minutes, an account gets five: who asks for a sixth has one that
    still opens in the mailbox, so asking for somebody else locks nobody out.
    """
    life = RateLimitItemPerMinute(_LINKS, minutes, namespace="link")
    if not _limiter().hit(_LINKS_OF_NETWORK, _bucket(network_of(address))):
        return False
    return _limiter().hit(life, _bucket(account))


def forget_all() -> None:
    """Nobody has tried anything: for tests."""
    _limiter().storage.reset()


@cache
def _limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


def _bucket(*parts: str) -> str:
    told = "\n".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(told, key=_KEY, digest_size=_KEY_BYTES).hexdigest()
