# Written by `python -m repairbot.stubs.generate trio`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Concatenate

class Path:  # __getattr__ only in 0.22.2
    open: Any  # differs: 0.35.0 unknown; 0.30.0 unknown; 0.26.2 unknown; 0.22.2 async def
    stat: Callable[Concatenate[Path, Any], Awaitable[Any]]
    chmod: Callable[Concatenate[Path, Any], Awaitable[Any]]
    exists: Callable[Concatenate[Path, Any], Awaitable[Any]]
    glob: Callable[Concatenate[Any, Any], Awaitable[Iterable[Any]]]
    rglob: Callable[Concatenate[Any, Any], Awaitable[Iterable[Any]]]
    is_dir: Callable[Concatenate[Path, Any], Awaitable[Any]]
    is_file: Callable[Concatenate[Path, Any], Awaitable[Any]]
    is_symlink: Callable[Concatenate[Path, Any], Awaitable[Any]]
    is_socket: Callable[Concatenate[Path, Any], Awaitable[Any]]
    is_fifo: Callable[Concatenate[Path, Any], Awaitable[Any]]
    is_block_device: Callable[Concatenate[Path, Any], Awaitable[Any]]
    is_char_device: Callable[Concatenate[Path, Any], Awaitable[Any]]
    is_junction: Callable[Concatenate[Path, Any], Awaitable[Any]]
    iterdir: Callable[Concatenate[Any, Any], Awaitable[Iterable[Any]]]
    lchmod: Callable[Concatenate[Path, Any], Awaitable[Any]]
    lstat: Callable[Concatenate[Path, Any], Awaitable[Any]]
    mkdir: Callable[Concatenate[Path, Any], Awaitable[Any]]
    owner: Callable[Concatenate[Path, Any], Awaitable[Any]]
    group: Callable[Concatenate[Path, Any], Awaitable[Any]]
    is_mount: Callable[Concatenate[Path, Any], Awaitable[Any]]
    readlink: Callable[Concatenate[Any, Any], Awaitable[Any]]
    rename: Callable[Concatenate[Any, Any], Awaitable[Any]]
    replace: Callable[Concatenate[Any, Any], Awaitable[Any]]
    resolve: Callable[Concatenate[Any, Any], Awaitable[Any]]
    rmdir: Callable[Concatenate[Path, Any], Awaitable[Any]]
    symlink_to: Callable[Concatenate[Path, Any], Awaitable[Any]]
    hardlink_to: Callable[Concatenate[Path, Any], Awaitable[Any]]
    touch: Callable[Concatenate[Path, Any], Awaitable[Any]]
    unlink: Callable[Concatenate[Path, Any], Awaitable[Any]]
    absolute: Callable[Concatenate[Any, Any], Awaitable[Any]]
    expanduser: Callable[Concatenate[Any, Any], Awaitable[Any]]
    read_bytes: Callable[Concatenate[Path, Any], Awaitable[Any]]
    read_text: Callable[Concatenate[Path, Any], Awaitable[Any]]
    samefile: Callable[Concatenate[Path, Any], Awaitable[Any]]
    write_bytes: Callable[Concatenate[Path, Any], Awaitable[Any]]
    write_text: Callable[Concatenate[Path, Any], Awaitable[Any]]
    full_match: Callable[Concatenate[Path, Any], Awaitable[Any]]
    def __getattr__(self, name: str) -> Any: ...

class PosixPath(Path): ...

class WindowsPath(Path): ...

def __getattr__(name: str) -> Any: ...
