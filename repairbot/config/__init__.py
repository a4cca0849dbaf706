"""What the user asked for: configuration files, variables and flags become one value."""
