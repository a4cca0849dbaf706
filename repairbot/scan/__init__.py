"""From a folder or a commit to findings: the straight line of a scan."""
