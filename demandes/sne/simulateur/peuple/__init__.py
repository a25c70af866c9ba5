"""The invented people of the simulator, as data."""
