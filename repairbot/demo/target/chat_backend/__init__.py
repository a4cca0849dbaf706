"""The chat of a made-up company: login, a WebSocket, and an agent that sorts what customers ask."""
