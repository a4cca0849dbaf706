"""The target on this machine: workspace, environment, sandbox, tests before and after, proof."""
