"""Encrypt a stream with a passphrase: scrypt, then AES-256-GCM in chunks.

The layout is MAGIC, 16 bytes of salt, then chunks of CHUNK bytes, each with its tag of 16 bytes. The nonce is
the number of the chunk and a byte that is 1 for the last chunk only: the STREAM construction, as in age.
A changed, moved or missing chunk is noticed.
"""

import io
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from moderation.services.instance.backup.problem import BackupProblem

MAGIC = b"corrigenda encrypted backup 1\n"
SHORTEST_PASSPHRASE = 12
CHUNK = 64 * 1024
_SALT = 16
_TAG = 16
_COST = 2**17


class EncryptingWriter(io.RawIOBase):
    """Encrypts the bytes written to it. Closing it writes the last chunk and leaves the target open."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise BackupProblem(f"the passphrase needs at least {SHORTEST_PASSPHRASE} characters")
        salt = os.urandom(_SALT)
        self._cipher = _cipher(passphrase, salt)
        self._target = target
        self._buffer = bytearray()
        self._number = 0
        target.write(MAGIC + salt)

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Encrypt each full chunk. The newest bytes wait: they might belong to the last chunk."""
        self._buffer += data
        while len(self._buffer) > CHUNK:
            self._write_chunk(bytes(self._buffer[:CHUNK]), is_last=False)
            del self._buffer[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Write the last chunk."""
        if not self.closed:
            self._write_chunk(bytes(self._buffer), is_last=True)
        super().close()

    def _write_chunk(self, chunk: bytes, *, is_last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, is_last=is_last), chunk, MAGIC))
        self._number += 1


class DecryptingReader(io.RawIOBase):
    """Decrypts a stream whose MAGIC has been read. Raises BackupProblem while reading."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        self._source = source
        self._cipher = _cipher(passphrase, source.read(_SALT))
        self._sealed = source.read(CHUNK + _TAG)
        self._plain = b""
        self._number = 0
        self._is_done = False

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fill the buffer with plain bytes; 0 at the end."""
        while not self._plain and not self._is_done:
            self._read_chunk()
        part = self._plain[: len(buffer)]
        self._plain = self._plain[len(part) :]
        buffer[: len(part)] = part
        return len(part)

    def _read_chunk(self) -> None:
        following = self._source.read(CHUNK + _TAG)
        self._is_done = not following
        try:
            nonce = _nonce(self._number, is_last=self._is_done)
            self._plain = self._cipher.decrypt(nonce, self._sealed, MAGIC)
        except InvalidTag:
            raise BackupProblem(
                "the passphrase is wrong, or the backup is damaged"
                if self._number == 0
                else "the backup is damaged or not whole"
            ) from None
        self._sealed = following
        self._number += 1


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(passphrase.encode()))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
