"""The digital channels: chats, messages and tickets, and the agents who write. See `center.py` of this folder."""
