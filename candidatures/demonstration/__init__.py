"""The invented people, companies and dwellings of the demonstration, and how they are loaded (`charger_demo`)."""
