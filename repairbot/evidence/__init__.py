"""What is known of a repair beyond the source: the one evidence document, and the facts that go into it."""
