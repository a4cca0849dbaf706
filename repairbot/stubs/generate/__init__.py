"""Reads pinned releases of third-party packages, without running them, and writes the stubs that ship."""
