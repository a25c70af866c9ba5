"""The national registry of demands (SNE): what it says, how we ask it, and a simulator of it."""
