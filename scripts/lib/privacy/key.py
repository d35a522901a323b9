"""The key of the keyed hash: from the environment, else a random one that the first run keeps.

The hash is HMAC-SHA256 cut to 128 bits. The macro keyed_hash computes the same in SQL from the two
padded keys, which reach DuckDB as session variables and so stand in no SQL, log or artifact.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from scripts.lib.console import HealthError

ENVIRONMENT = "HEALTH_PII_KEY"
KEY_FILE = Path("data/.pii_key")
INNER_VARIABLE = "health_pii_inner"
OUTER_VARIABLE = "health_pii_outer"
HASH_LENGTH = 32
SHORTEST_KEY = 16
BLOCK = 64
OWNER_ONLY = 0o600
# Hashed with the key, it tells whether two runs used the same one without telling the key.
FINGERPRINT_OF = "account_health"


def read_key(root: Path) -> bytes:
    """The key of this project; made at the first call when nobody has set one."""
    given = os.environ.get(ENVIRONMENT, "").strip()
    if given:
        if len(given) < SHORTEST_KEY:
            raise HealthError(
                f"{ENVIRONMENT} has {len(given)} characters, fewer than {SHORTEST_KEY}.",
                "Set a long random one, such as the output of `openssl rand -hex 32`.",
            )
        return given.encode()
    path = root / KEY_FILE
    try:
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            os.chmod(path, OWNER_ONLY)
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise HealthError(
            f"The key file {path} cannot be used: {type(error).__name__}.",
            f"Set {ENVIRONMENT}, or make the folder writable.",
        ) from None
    if len(kept) < SHORTEST_KEY:
        raise HealthError(
            f"The key file {path} holds no key.",
            f"Set {ENVIRONMENT}, or remove the file and build with --full-refresh.",
        )
    return kept.encode()


def _make(path: Path) -> None:
    """Write a random key beside its place and link it there, so that two first runs share one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(secrets.token_hex(BLOCK // 2) + "\n")
            handle.flush()
            os.fsync(handle.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
    finally:
        beside.unlink()


def padded_keys(key: bytes) -> tuple[bytes, bytes]:
    """The inner and the outer block of HMAC (RFC 2104)."""
    block = (hashlib.sha256(key).digest() if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


def keyed_hash(key: bytes, text: str) -> str:
    """What the macro keyed_hash gives for a text."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:HASH_LENGTH]


def key_fingerprint(key: bytes) -> str:
    """A name for the key: with another one, no row of an earlier build can be linked."""
    return keyed_hash(key, FINGERPRINT_OF)
