"""What third-party libraries offer, as .pyi files, for when they are not installed."""
