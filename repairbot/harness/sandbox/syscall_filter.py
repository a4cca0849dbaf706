"""Which system calls target code may not make, as the program of a seccomp filter: a machine type in, its bytes out."""

from __future__ import annotations

import errno
import os
import struct
import sys
from collections.abc import Sequence
from dataclasses import dataclass

_KILL_PROCESS, _ERRNO, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16
_FIRST_OF_X32 = 0x40000000

CLONE_NEWUSER = 0x10000000
_NETLINK, _NETLINK_ROUTE = 16, 0
# Unix, IPv4, IPv6. All else (vsock, packets, Bluetooth, the kernel's cryptography, ...) is surface that no test needs.
_FAMILIES = (1, 2, 10)
# Put input into a terminal, act as its console, give it another line discipline.
_TERMINAL_COMMANDS = (0x5412, 0x541C, 0x5423)

# Answered as by a kernel that lacks them, so that C libraries and event loops fall back to what can be filtered.
_ABSENT = ("clone3", "io_uring_setup", "io_uring_enter", "io_uring_register")
_FORBIDDEN = (
    *("add_key", "request_key", "keyctl"),
    *("setns", "mount", "umount2", "pivot_root", "open_tree", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick"),
    *("mount_setattr", "open_tree_attr", "open_by_handle_at"),
    *("bpf", "perf_event_open", "userfaultfd"),
    *("kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module"),
    *("syslog", "acct", "swapon", "swapoff", "reboot", "quotactl", "quotactl_fd", "settimeofday", "clock_settime"),
    *("iopl", "ioperm"),
)
# The numbers on x86-64 and on 64-bit Arm, of Linux's include/uapi; None where there is no such call.
_NUMBERS: dict[str, tuple[int | None, int | None]] = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "bpf": (321, 280),
    "clock_settime": (227, 112),
    "clone": (56, 220),
    "clone3": (435, 435),
    "delete_module": (176, 106),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "ioctl": (16, 29),
    "ioperm": (173, None),
    "iopl": (172, None),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "open_tree_attr": (467, 467),
    "perf_event_open": (298, 241),
    "pivot_root": (155, 41),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "setns": (308, 268),
    "settimeofday": (164, 170),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
}


@dataclass(frozen=True, slots=True)
class _Machine:
    """How the kernel names an architecture in the filter's input, and the numbers of its calls."""

    audit: int
    numbers: dict[str, int]
    has_x32: bool


def _numbers(column: int) -> dict[str, int]:
    return {name: number for name, columns in _NUMBERS.items() if (number := columns[column]) is not None}


_MACHINES = {
    "x86_64": _Machine(0xC000003E, _numbers(0), has_x32=True),
    "aarch64": _Machine(0xC00000B7, _numbers(1), has_x32=False),
}


def program(machine: str | None = None) -> bytes | None:
    """Return the filter for a machine type, this one's if left out; None where we do not know its calls."""
    if machine is None and sys.platform == "linux":
        machine = os.uname().machine
    known = _MACHINES.get(machine or "")
    if known is None:
        return None
    return b"".join(struct.pack("=HBBI", *one) for one in _instructions(known))


def profile() -> dict[str, object] | None:
    """Return the same filter in the words of container engines; None where we do not know this machine's calls."""
    if program() is None:
        return None
    other_families = [family for family in range(_NETLINK) if family not in _FAMILIES]
    families = [[(0, "SCMP_CMP_EQ", family, 0)] for family in other_families]
    families.append([(0, "SCMP_CMP_GT", _NETLINK, 0)])
    not_routes = [(0, "SCMP_CMP_EQ", _NETLINK, 0), (2, "SCMP_CMP_NE", _NETLINK_ROUTE, 0)]
    low = 0xFFFFFFFF
    rules = [
        _rule(_ABSENT, errno.ENOSYS),
        _rule(_FORBIDDEN, errno.EPERM),
        _rule(("clone", "unshare"), errno.EPERM, [(0, "SCMP_CMP_MASKED_EQ", CLONE_NEWUSER, CLONE_NEWUSER)]),
        *(_rule(("socket", "socketpair"), errno.EAFNOSUPPORT, condition) for condition in families),
        _rule(("socket", "socketpair"), errno.EPROTONOSUPPORT, not_routes),
        *(_rule(("ioctl",), errno.EPERM, [(1, "SCMP_CMP_MASKED_EQ", low, one)]) for one in _TERMINAL_COMMANDS),
    ]
    architecture = f"SCMP_ARCH_{os.uname().machine.upper()}"
    return {"defaultAction": "SCMP_ACT_ALLOW", "architectures": [architecture], "syscalls": rules}


def _rule(names: Sequence[str], number: int, conditions: Sequence[tuple[int, str, int, int]] = ()) -> dict[str, object]:
    words = [{"index": at, "op": test, "value": one, "valueTwo": two} for at, test, one, two in conditions]
    return {"names": list(names), "action": "SCMP_ACT_ERRNO", "errnoRet": number, "args": words}


_Instruction = tuple[int, int, int, int]


def _instructions(machine: _Machine) -> list[_Instruction]:
    numbers = machine.numbers
    code = [
        _load(_ARCHITECTURE_AT),
        # A program of another architecture calls by other numbers.
        *_unless(_EQUAL, machine.audit, [_answer(_KILL_PROCESS)]),
        _load(_NUMBER_AT),
        *(_when(_AT_LEAST, _FIRST_OF_X32, [_refusal(errno.ENOSYS)]) if machine.has_x32 else ()),
    ]
    for name in _ABSENT:
        code += _when(_EQUAL, numbers[name], [_refusal(errno.ENOSYS)])
    for name in _FORBIDDEN:
        if name in numbers:
            code += _when(_EQUAL, numbers[name], [_refusal(errno.EPERM)])
    new_user = [_argument(0), *_when(_ANY_BIT, CLONE_NEWUSER, [_refusal(errno.EPERM)]), _answer(_ALLOW)]
    for name in ("clone", "unshare"):
        code += _when(_EQUAL, numbers[name], new_user)
    for name in ("socket", "socketpair"):
        code += _when(_EQUAL, numbers[name], _families())
    code += _when(_EQUAL, numbers["ioctl"], [_argument(1), *_any_of(_TERMINAL_COMMANDS, [_refusal(errno.EPERM)])])
    return [*code, _answer(_ALLOW)]


def _families() -> list[_Instruction]:
    # `if_nameindex` and `getifaddrs` ask netlink's routes; without them `socket` and psutil fail where tests use them.
    netlink = [_argument(2), *_when(_EQUAL, _NETLINK_ROUTE, [_answer(_ALLOW)]), _refusal(errno.EPROTONOSUPPORT)]
    allowed = _any_of(_FAMILIES, [_answer(_ALLOW)])
    return [_argument(0), *allowed, *_when(_EQUAL, _NETLINK, netlink), _refusal(errno.EAFNOSUPPORT)]


def _load(offset: int) -> _Instruction:
    return (_LOAD, 0, 0, offset)


def _argument(number: int) -> _Instruction:
    """Load the low half, all that the kernel looks at in the arguments that are compared here."""
    return _load(_ARGUMENTS_AT + 8 * number)


def _answer(value: int) -> _Instruction:
    return (_RETURN, 0, 0, value)


def _refusal(number: int) -> _Instruction:
    return _answer(_ERRNO | number)


def _when(test: int, value: int, then: Sequence[_Instruction]) -> list[_Instruction]:
    return [(test, 0, len(then), value), *then]


def _unless(test: int, value: int, then: Sequence[_Instruction]) -> list[_Instruction]:
    return [(test, len(then), 0, value), *then]


def _any_of(values: Sequence[int], then: Sequence[_Instruction]) -> list[_Instruction]:
    return [one for value in values for one in _when(_EQUAL, value, then)]
