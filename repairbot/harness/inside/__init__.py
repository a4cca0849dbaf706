"""What runs on the target's own Python, in the sandbox: Python 3.9 on, standard library and its pytest only."""
