"""The rim to git: commands under safe settings, repositories of our own, and servers."""
