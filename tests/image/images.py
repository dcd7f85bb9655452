"""Make images with buildah, without a registry and without a container engine."""

import os
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

_ENV = {**os.environ, "STORAGE_DRIVER": "vfs"}
_PACKAGES = "python3,python3-venv,ca-certificates"


class Images:
    """The images in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._options = ["--root", str(folder / "store"), "--runroot", str(folder / "run")]

    def buildah(self, *arguments: str, cwd: Path | None = None) -> str:
        """Run buildah to its end, and return its answer. Its output is shown if it fails."""
        done = subprocess.run(
            self.command(*arguments), env=_ENV, cwd=cwd, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout.strip()

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of a buildah command."""
        return ["buildah", *self._options, *arguments]

    def start(self, container: str, command: Sequence[str], env: dict[str, str]) -> "subprocess.Popen[bytes]":
        """Start a command in a container as the image's user. Its output goes to a log in the folder."""
        variables = [part for name, value in env.items() for part in ("--env", f"{name}={value}")]
        arguments = ["run", "--isolation", "chroot", *variables, container, "--", *command]
        with (self.folder / f"{'-'.join(command)[:40].replace('/', '_')}.log").open("wb") as log:
            return subprocess.Popen(self.command(*arguments), env=_ENV, stdout=log, stderr=log)

    def stop(self, processes: "Sequence[subprocess.Popen[bytes]]", *, is_old: bool = False) -> None:
        """Stop what was started, on SIGTERM as a container engine does. Fails if one does not stop.

        `is_old`: kill it then. Version 0.1.0 does not always stop.
        """
        children = [
            child for each in processes for child in psutil.Process(each.pid).children(recursive=True)
        ]
        for child in children:
            with suppress(psutil.NoSuchProcess):
                child.terminate()
        _, left = psutil.wait_procs(children, 20)
        for child in left:
            child.kill()
        for process in processes:
            process.wait(20)
        assert is_old or not left, f"did not stop on SIGTERM: {left}"

    def succeeds(self, container: str, command: Sequence[str], env: dict[str, str]) -> bool:
        """Return whether a command in a container ends with 0."""
        try:
            self.run(container, command, env)
        except AssertionError:
            return False
        return True

    def run(self, container: str, command: Sequence[str], env: dict[str, str]) -> str:
        """Run a command in a container to its end, and return its output."""
        variables = [part for name, value in env.items() for part in ("--env", f"{name}={value}")]
        return self.buildah("run", "--isolation", "chroot", *variables, container, "--", *command)

    def make_base(self) -> str:
        """Make an image with Debian's Python from Debian's packages, once. Returns its name."""
        name = "localhost/corrigenda-base"
        if name in self.buildah("images", "--format", "{{.Name}}").split():
            return name
        tar = self.folder / "base.tar"
        if not tar.exists():
            part = tar.with_suffix(".part.tar")
            command = ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={_PACKAGES}", "bookworm"]
            subprocess.run([*command, str(part), "http://deb.debian.org/debian"], check=True)
            part.rename(tar)
        container = self.buildah("from", "scratch")
        self.buildah("add", container, str(tar), "/")
        self.buildah("commit", "--rm", container, name)
        return name

    def build(self, context: Path, dockerfile: Path, name: str) -> float:
        """Build an image on the base, and return the seconds that it took."""
        began = time.monotonic()
        certificates = "/etc/ssl/certs:/etc/ssl/certs:ro"  # those of a proxy that this machine might use
        options = ["--isolation", "chroot", "--layers", "--volume", certificates, "-f", str(dockerfile)]
        self.buildah(
            "build", *options, "--build-arg", f"BASE={self.make_base()}", "-t", name, ".", cwd=context
        )
        return time.monotonic() - began

    def megabytes(self, container: str) -> float:
        """Return the size of a container's files."""
        root = Path(self.buildah("mount", container))
        try:
            files = (path.lstat() for path in root.rglob("*") if not path.is_dir() or path.is_symlink())
            return sum(file.st_size for file in files) / 1_000_000
        finally:
            self.buildah("umount", container)
