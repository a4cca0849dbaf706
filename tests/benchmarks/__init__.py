"""Benchmarks: what repairbot restores in real projects, and how fast it reads a large tree (see README.md here)."""
