"""The province's server of sign-ins, spoken to by Authlib: OpenID Connect with PKCE, state and nonce.

What it says of itself is asked once an hour; its keys at each sign-in, as they change without notice.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from secrets import token_urlsafe

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ValidationError

from config.settings import get_settings
from rules.refusal import Refusal

_PATIENCE = 10.0  # seconds for one answer
_LEEWAY = 120  # seconds that its clock may be off
_HOUR = 3_600
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
_SCOPE = "openid email"
_WRONG = (OAuthError, JoseError, httpx2.HTTPError, httpx2.InvalidURL, ValidationError, ValueError, TypeError)


class ProviderTrouble(Refusal):
    """It does not answer, or says what cannot be believed."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What one sign-in is recognised by when the browser comes back."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """Whom the server names; ``verified``: it has seen to it that the mailbox is this one's."""

    email: str
    verified: bool


class _Discovered(BaseModel):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None


class _Claims(BaseModel):
    sub: str
    email: str = ""
    email_verified: bool | str = False

    def told(self) -> Told:
        return Told(self.email, self.email_verified is True)


def fresh() -> Secrets:
    """Those of a new sign-in."""
    return Secrets(token_urlsafe(24), token_urlsafe(24), token_urlsafe(48))


def where_to(secrets: Secrets, redirect_uri: str, now: datetime) -> str:
    """The address of the server to which the browser is sent. Raises ProviderTrouble."""
    with _troubles(), _client(redirect_uri) as client:
        url, _ = client.create_authorization_url(
            _about(now).authorization_endpoint,
            state=secrets.state,
            nonce=secrets.nonce,
            code_verifier=secrets.verifier,
        )
    return str(url)


def told(secrets: Secrets, code: str, redirect_uri: str, now: datetime) -> Told:
    """Whom the server names for the ``code`` that the browser brought. Raises ProviderTrouble."""
    with _troubles(), _client(redirect_uri) as client:
        about = _about(now)
        token = client.fetch_token(
            about.token_endpoint, grant_type="authorization_code", code=code, code_verifier=secrets.verifier
        )
        claims = _Claims.model_validate(_checked(about, token, secrets, now))
        if claims.email or about.userinfo_endpoint is None:
            return claims.told()
        more = _Claims.model_validate(_json(client, about.userinfo_endpoint))
        if more.sub != claims.sub:
            raise ValueError("userinfo of somebody else")
        return more.told()


def _checked(
    about: _Discovered, token: Mapping[str, object], secrets: Secrets, now: datetime
) -> Mapping[str, object]:
    """The claims of the id token: of this server, for us, of now, for this sign-in."""
    keys = KeySet.import_key_set(httpx2.get(about.jwks_uri, timeout=_PATIENCE).raise_for_status().json())
    found = jwt.decode(str(token["id_token"]), keys, algorithms=_ALGORITHMS)
    us = get_settings().oidc_client_id
    claims = CodeIDToken(
        found.claims,
        found.header,
        {"iss": {"essential": True, "value": about.issuer}, "aud": {"essential": True, "value": us}},
        {"nonce": secrets.nonce, "client_id": us, "access_token": token.get("access_token")},
    )
    claims.validate(now=int(now.timestamp()), leeway=_LEEWAY)
    return dict(claims)


def _about(now: datetime) -> _Discovered:
    return _asked(get_settings().oidc_issuer or "", int(now.timestamp()) // _HOUR)


@lru_cache(maxsize=2)
def _asked(issuer: str, _hour: int) -> _Discovered:
    answer = httpx2.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration", timeout=_PATIENCE)
    found = _Discovered.model_validate(answer.raise_for_status().json())
    safe = issuer.startswith("https://")
    ends = (found.authorization_endpoint, found.token_endpoint, found.jwks_uri, found.userinfo_endpoint)
    if found.issuer != issuer or (safe and not all(end.startswith("https://") for end in ends if end)):
        raise ValueError("not the server that was asked")
    return found


def _json(client: OAuth2Client, url: str) -> object:
    return client.get(url).raise_for_status().json()


def _client(redirect_uri: str) -> OAuth2Client:
    settings = get_settings()
    secret = settings.oidc_client_secret
    return OAuth2Client(
        client_id=settings.oidc_client_id,
        client_secret=secret.get_secret_value() if secret else None,
        token_endpoint_auth_method="client_secret_basic" if secret else "none",
        scope=_SCOPE,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        timeout=_PATIENCE,
    )


@contextmanager
def _troubles() -> Iterator[None]:
    """Nothing of what the server said is repeated: it may hold a code or a token."""
    try:
        yield
    except (*_WRONG, LookupError):
        raise ProviderTrouble(
            "Máy chủ đăng nhập của tỉnh không trả lời hoặc trả lời không đúng; hãy thử lại sau ít phút, hoặc "
            "đăng nhập bằng cách khác."
        ) from None
