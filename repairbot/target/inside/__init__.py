"""What runs on the target's own Python, inside the sandbox: Python 3.9 on, standard library and the target's pytest only."""
