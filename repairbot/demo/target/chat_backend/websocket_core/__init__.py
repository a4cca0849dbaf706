"""What travels over the WebSocket, and what happens to it."""
