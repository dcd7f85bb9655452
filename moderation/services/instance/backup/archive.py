"""The file of a backup: a tar.gz that can be written and read as a stream, encrypted or not.

Its members are `manifest.json`, `secret_key` if wanted, `tables/NAME/NUMBER.copy` in the order in which they
can be loaded, and `end.json` with the numbers of rows. A file without `end.json` is not whole.
"""

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

import msgspec

from moderation.services.instance.backup.encryption import MAGIC, DecryptingReader, EncryptingWriter
from moderation.services.instance.backup.problem import BackupProblem

FORMAT = 1
_GZIP_MAGIC = b"\x1f\x8b"
_PART_BYTES = 4 * 1024 * 1024
_DAMAGED = (EOFError, OSError, tarfile.TarError, zlib.error)


class Manifest(msgspec.Struct, frozen=True):
    """The contents of a backup."""

    format: int
    version: str
    """The version of Corrigenda that made it."""
    revision: str
    """The last migration of its tables."""
    created_at: str
    tables: dict[str, list[str]]
    """The columns of each table. A table stands behind those that its foreign keys name."""


class ArchiveWriter:
    """Writes the members of a backup."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive

    def write_manifest(self, manifest: Manifest) -> None:
        """Write the first member."""
        self._add("manifest.json", msgspec.json.encode(manifest))

    def write_secret_key(self, secret_key: str) -> None:
        """Write the instance's secret key."""
        self._add("secret_key", secret_key.encode())

    def write_table(self, name: str, copy: Iterator[bytes]) -> None:
        """Write the output of `COPY … TO STDOUT`, in members of bounded size."""
        number, part = 0, bytearray()
        for block in copy:
            part += block
            if len(part) >= _PART_BYTES:
                number += 1
                self._add(f"tables/{name}/{number:06}.copy", bytes(part))
                part.clear()
        self._add(f"tables/{name}/{number + 1:06}.copy", bytes(part))

    def write_end(self, rows: dict[str, int]) -> None:
        """Write the last member: the number of rows of each table."""
        self._add("end.json", msgspec.json.encode(rows))

    def _add(self, name: str, content: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(content), 0o600
        self._archive.addfile(member, io.BytesIO(content))


class ArchiveReader:
    """Reads the members of a backup, once and in order. Raises BackupProblem."""

    def __init__(self, packed: BinaryIO) -> None:
        self._members = self._read(packed)
        name, content = self._next()
        if name != "manifest.json":
            raise BackupProblem("this file is not a backup of Corrigenda")
        try:
            self.manifest = msgspec.json.decode(content, type=Manifest)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise BackupProblem("the backup's manifest is damaged") from None
        if self.manifest.format != FORMAT:
            raise BackupProblem(f"Corrigenda {self.manifest.version} made this backup: install that version")
        self.secret_key: str | None = None
        self._ahead = self._next()
        if self._ahead[0] == "secret_key":
            self.secret_key = self._ahead[1].decode(errors="replace")
            self._ahead = self._next()

    def read_table(self, name: str) -> Iterator[bytes]:
        """Yield the copy of a table."""
        while self._ahead[0].startswith(f"tables/{name}/"):
            yield self._ahead[1]
            self._ahead = self._next()

    def read_end(self) -> dict[str, int]:
        """Return the number of rows of each table, after all tables were read."""
        if self._ahead[0] != "end.json":
            raise BackupProblem("the backup is damaged or not whole")
        for _ in self._members:  # to the end: the checksums stand there
            raise BackupProblem("the backup is damaged: something follows its end")
        try:
            return msgspec.json.decode(self._ahead[1], type=dict[str, int])
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise BackupProblem("the backup is damaged: its last part cannot be read") from None

    def _next(self) -> tuple[str, bytes]:
        for member in self._members:
            return member
        raise BackupProblem("the backup is damaged or not whole")

    def _read(self, packed: BinaryIO) -> Iterator[tuple[str, bytes]]:
        try:
            with tarfile.open(fileobj=packed, mode="r|") as archive:
                for member in archive:
                    file = archive.extractfile(member)
                    if file is None:
                        raise BackupProblem(f"the backup is damaged: {member.name} is not a file")
                    yield member.name, file.read()
            while packed.read(_PART_BYTES):
                pass  # the checksum stands behind the padding
        except _DAMAGED:
            raise BackupProblem("the backup is damaged or not whole") from None


@contextmanager
def write_archive(target: BinaryIO, passphrase: str | None) -> Iterator[ArchiveWriter]:
    """Write a backup to an open file. Without an error it is whole at the end of the block."""
    sealed = EncryptingWriter(target, passphrase) if passphrase is not None else None
    packed = gzip.GzipFile(fileobj=cast("BinaryIO", sealed or target), mode="wb", compresslevel=4, mtime=0)
    with tarfile.open(fileobj=packed, mode="w|") as archive:
        yield ArchiveWriter(archive)
    packed.close()
    if sealed is not None:
        sealed.close()


def read_archive(source: BinaryIO, passphrase: str | None) -> ArchiveReader:
    """Open a backup and read its first members. Raises BackupProblem."""
    start = source.read(len(MAGIC))
    if start == MAGIC:
        if passphrase is None:
            raise BackupProblem("the backup is encrypted: give its passphrase with --passphrase-stdin")
        plain = cast("BinaryIO", DecryptingReader(source, passphrase))
    elif passphrase is not None:  # only who knows the passphrase can make an encrypted one
        raise BackupProblem("this file is not encrypted: somebody may have replaced the backup")
    elif start.startswith(_GZIP_MAGIC):
        source.seek(0)
        plain = source
    else:
        raise BackupProblem("this file is not a backup of Corrigenda")
    return ArchiveReader(cast("BinaryIO", gzip.GzipFile(fileobj=plain)))
