"""A directory or commit as a Snapshot: files, module names, import roots and lazily parsed trees."""
