"""The one command of action.yml: inputs from the environment, a command of ours, and what came of it for the runner."""
