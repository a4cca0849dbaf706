from __future__ import annotations

import errno
import struct

import pytest

from repairbot.harness.sandbox import syscall_filter

KILLED, ALLOWED = "killed", "allowed"
X86, ARM = 0xC000003E, 0xC00000B7


def answer(machine: str, audit: int, number: int, *arguments: int) -> str:
    """What the kernel would make of the filter's program: its own small machine, for any architecture."""
    code = syscall_filter.program(machine)
    assert code is not None
    six = (*arguments, *([0] * 6))[:6]
    data = struct.pack("<IIQ6Q", number, audit, 0, *six)
    at, accumulator = 0, 0
    while True:
        operation, if_true, if_false, value = struct.unpack_from("=HBBI", code, at * 8)
        at += 1
        match operation:
            case 0x20:
                (accumulator,) = struct.unpack_from("<I", data, value)
            case 0x06:
                break
            case 0x15 | 0x35 | 0x45:
                tests = {0x15: accumulator == value, 0x35: accumulator >= value, 0x45: accumulator & value}
                at += if_true if tests[operation] else if_false
            case other:
                raise AssertionError(f"instruction {other:#x}")
    if value & 0xFFFF0000 == 0x00050000:
        return errno.errorcode[value & 0xFFFF]
    return {0x80000000: KILLED, 0x7FFF0000: ALLOWED}[value]


NEW_USER, THREAD = 0x10000000, 0x3D0F00
CALLS = [
    ("keyctl", (250, 219), (11, 1), "EPERM"),
    ("request_key", (249, 218), (), "EPERM"),
    ("add_key", (248, 217), (), "EPERM"),
    ("io_uring_setup", (425, 425), (8,), "ENOSYS"),
    ("clone3", (435, 435), (), "ENOSYS"),
    ("clone of a thread", (56, 220), (THREAD,), ALLOWED),
    ("clone with a user namespace", (56, 220), (NEW_USER | 17,), "EPERM"),
    ("unshare of the user namespace", (272, 97), (NEW_USER | 0x20000,), "EPERM"),
    ("unshare of files", (272, 97), (0x400,), ALLOWED),
    ("setns", (308, 268), (3, 0), "EPERM"),
    ("socket unix", (41, 198), (1, 1, 0), ALLOWED),
    ("socket inet6", (41, 198), (10, 1, 6), ALLOWED),
    ("socket vsock", (41, 198), (40, 1, 0), "EAFNOSUPPORT"),
    ("socketpair tipc", (53, 199), (30, 1, 0), "EAFNOSUPPORT"),
    ("socketpair unix", (53, 199), (1, 1, 0), ALLOWED),
    ("socket netlink route", (41, 198), (16, 0x80003, 0), ALLOWED),
    ("socket netlink audit", (41, 198), (16, 3, 9), "EPROTONOSUPPORT"),
    ("socket family with a high half that the kernel ignores", (41, 198), (1 << 32 | 40, 1, 0), "EAFNOSUPPORT"),
    ("ioctl that types", (16, 29), (0, 0x5412), "EPERM"),
    ("ioctl that types, with a high half that the kernel ignores", (16, 29), (0, 1 << 32 | 0x5412), "EPERM"),
    ("ioctl of a window's size", (16, 29), (0, 0x5413), ALLOWED),
    ("mount", (165, 40), (), "EPERM"),
    ("read", (0, 63), (), ALLOWED),
    ("execve", (59, 221), (), ALLOWED),
]


@pytest.mark.parametrize(("machine", "audit", "which"), [("x86_64", X86, 0), ("aarch64", ARM, 1)])
@pytest.mark.parametrize(("numbers", "arguments", "wanted"), [one[1:] for one in CALLS], ids=[one[0] for one in CALLS])
def test_the_filter_answers(
    machine: str, audit: int, which: int, numbers: tuple[int, int], arguments: tuple[int, ...], wanted: str
) -> None:
    assert answer(machine, audit, numbers[which], *arguments) == wanted


@pytest.mark.parametrize(("machine", "audit"), [("x86_64", 0x40000003), ("x86_64", ARM), ("aarch64", 0x40000028)])
def test_a_call_by_another_architecture_is_killed(machine: str, audit: int) -> None:
    assert answer(machine, audit, 0) == KILLED


@pytest.mark.parametrize("number", [0x40000000, 0x40000000 + 250, 0xFFFFFFFF])
def test_calls_by_the_numbers_of_x32_are_not_there(number: int) -> None:
    assert answer("x86_64", X86, number) == "ENOSYS"


def test_a_machine_whose_calls_are_not_known_has_no_filter() -> None:
    assert syscall_filter.program("s390x") is None
