"""One module for each command, and what they share: arguments, rule selection, the scan itself, and output."""
