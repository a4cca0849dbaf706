"""The program that starts one command with its limits and kills all that it leaves behind; `process.run` runs it.

Its arguments are `name=value` words, `--`, and the command. SIGTERM ends the command politely, SIGQUIT at once.
It is the reaper of every orphan below it, so a daemon that left its session and its parent is still found.
It imports nothing of ours.
"""

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
import sys
import time

PR_SET_DUMPABLE = 4
_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_PR_CAPBSET_DROP = 24
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_LAST_CAPABILITY = 63
_KEYCTL = {"x86_64": 250, "aarch64": 219, "riscv64": 219, "loongarch64": 219, "ppc64le": 271, "s390x": 280}
_KEYCTL_JOIN_SESSION_KEYRING = 1
_SWEEP_SECONDS = 10.0


def prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, ctypes.c_ulong(value), 0, 0, 0)


def main(words: list[str]) -> int:
    split = words.index("--")
    options = dict(word.split("=", 1) for word in words[:split])
    prctl(_PR_SET_CHILD_SUBREAPER, 1)
    prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)
    woken = listen()
    uid = int(options["uid"]) if "uid" in options else None
    environ = environment(int(options["env"]))
    pid = os.fork()
    if pid == 0:
        become(words[split + 1 :], options, uid, environ)
    status = attend(pid, woken, float(options["interrupt"]), float(options["terminate"]))
    sweep(uid)
    if "last" in options and os.WIFSIGNALED(status):
        finish_with(int(options["last"]), environ)
    return status


def become(command: list[str], options: dict[str, str], uid: int | None, environ: dict[bytes, bytes]) -> None:
    """In the child: take on session, limits and identity, then turn into the command. Never returns."""
    # Found before the identity changes: afterwards even Python's own library may be out of reach.
    program = located(command[0], environ.get(b"PATH", os.fsencode(os.defpath)))
    try:
        os.setsid()
        os.umask(0o022)
        for number in (signal.SIGPIPE, signal.SIGXFSZ):
            # Python ignores them, and what is ignored stays ignored in the command.
            signal.signal(number, signal.SIG_DFL)
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        limit(resource.RLIMIT_CORE, "0")
        limit(resource.RLIMIT_FSIZE, options.get("fsize"))
        limit(resource.RLIMIT_NOFILE, options.get("nofile"))
        leave_keyring()
        if uid is not None:
            switch_user(uid)
            limit(resource.RLIMIT_NPROC, options.get("nproc"))
            # The kernel's message queues outlive every process, and are seen only where their file system is mounted.
            limit(resource.RLIMIT_MSGQUEUE, "0")
            # Changing identity clears it.
            prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if "nnp" in options:
            prctl(_PR_SET_NO_NEW_PRIVS, 1)
        if "seccomp" in options:
            load_filter(int(options["seccomp"]))
        os.execve(program, command, environ)
    except FileNotFoundError as error:
        print(f"cannot start {command[0]!r}: {error.strerror}", file=sys.stderr, flush=True)
        os._exit(127)
    except OSError as error:
        print(f"cannot start {command[0]!r}: {error.strerror}", file=sys.stderr, flush=True)
        os._exit(126)


def finish_with(descriptor: int, environ: dict[bytes, bytes]) -> None:
    """Run the command in an open file, and give up on it after a while."""
    with os.fdopen(descriptor, "rb") as stream:
        command = stream.read().split(b"\0")[:-1]
    pid = os.fork()
    if pid == 0:
        signal.alarm(int(_SWEEP_SECONDS))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for number in (1, 2):
            os.dup2(nowhere, number)
        os.execve(command[0], command, environ)
    os.waitpid(pid, 0)


def leave_keyring() -> None:
    """Take a new, empty session keyring: the one of the user's session holds secrets, and outlives every process."""
    number = _KEYCTL.get(os.uname().machine) if sys.platform == "linux" else None
    if number is not None:
        # It fails where the kernel has no keyrings or a container refuses the call; then there is nothing to leave.
        ctypes.CDLL(None).syscall(number, _KEYCTL_JOIN_SESSION_KEYRING, None)


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def load_filter(descriptor: int) -> None:
    """Refuse system calls, from now on and for all descendants, as the filter in an open file says."""
    with os.fdopen(descriptor, "rb") as stream:
        code = stream.read()
    program = _Program(len(code) // 8, code)
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0):
        raise OSError(ctypes.get_errno(), "the filter of system calls could not be loaded")


def environment(descriptor: int) -> dict[bytes, bytes]:
    """Read from a file, not taken from our own: an LD_PRELOAD in it must not reach this program."""
    with os.fdopen(descriptor, "rb") as stream:
        words = stream.read().split(b"\0")
    return dict(word.split(b"=", 1) for word in words if word)


def located(name: str, path: bytes) -> str:
    if "/" in name:
        return name
    folders = os.fsdecode(path).split(":")
    return next((found for folder in folders if os.access(found := os.path.join(folder, name), os.X_OK)), name)


def limit(which: int, value: str | None) -> None:
    if value is not None:
        hard = resource.getrlimit(which)[1]
        number = int(value) if hard == resource.RLIM_INFINITY else min(int(value), hard)
        resource.setrlimit(which, (number, number))


def switch_user(uid: int) -> None:
    for capability in range(_LAST_CAPABILITY + 1):
        prctl(_PR_CAPBSET_DROP, capability)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def attend(pid: int, woken: int, after_interrupt: float, after_terminate: float) -> int:
    """Wait for the command, passing on requests to end it; its status as `waitpid` gives it."""
    steps: list[tuple[float, signal.Signals]] = []
    while True:
        timeout = max(0.0, steps[0][0] - time.monotonic()) if steps else None
        got = os.read(woken, 256) if select.select([woken], [], [], timeout)[0] else b""
        while (ended := os.waitpid(-1, os.WNOHANG))[0] != 0:
            if ended[0] == pid:
                return ended[1]
        now = time.monotonic()
        if signal.SIGQUIT in got:
            steps = [(now, signal.SIGKILL)]
        elif signal.SIGTERM in got and not steps:
            steps = escalation(now, after_interrupt, after_terminate)
        while steps and steps[0][0] <= now:
            send(pid, steps.pop(0)[1])


def escalation(now: float, after_interrupt: float, after_terminate: float) -> list[tuple[float, signal.Signals]]:
    interrupt = [(now, signal.SIGINT)] if after_interrupt else []
    terminate = [(now + after_interrupt, signal.SIGTERM)] if after_terminate else []
    return [*interrupt, *terminate, (now + after_interrupt + after_terminate, signal.SIGKILL)]


def send(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        # It has not made its session yet.
        os.kill(pid, number)


def listen() -> int:
    """A descriptor that yields one byte, its number, for each signal that we act on."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGQUIT):
        # A handler, unlike SIG_IGN, does not survive into the command.
        signal.signal(number, lambda *_: None)
    return reader


def sweep(uid: int | None) -> None:
    """Kill every descendant that is left: the orphans among them are our children by now."""
    end = time.monotonic() + _SWEEP_SECONDS
    while time.monotonic() < end:
        if uid is not None:
            kill_all_of(uid)
        for child in children():
            os.kill(child, signal.SIGKILL)
        try:
            while os.waitpid(-1, os.WNOHANG)[0] != 0:
                pass
        except ChildProcessError:
            return
        time.sleep(0.002)


def kill_all_of(uid: int) -> None:
    """One kernel call that no fork can race: every process of that user."""
    pid = os.fork()
    if pid == 0:
        os.setresuid(uid, uid, uid)
        try:
            os.kill(-1, signal.SIGKILL)
        finally:
            os._exit(0)
    os.waitpid(pid, 0)


def children() -> list[int]:
    found = []
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as stream:
                    text = stream.read()
            except OSError:
                continue
            if int(text[text.rindex(b")") + 2 :].split()[1]) == os.getpid():
                found.append(int(name))
    return found


def end_like(status: int) -> None:
    """Exit as the command did, by the same signal if it was one."""
    if os.WIFSIGNALED(status):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        number = os.WTERMSIG(status)
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    end_like(main(sys.argv[1:]))
