"""A simulator of the registry: a web server of its own, with its own database, that speaks docs/registre.md.

Production code never imports it. It shares with the portal only the contract: `dossier`, `traduction`, `nomenclature`.
Its pages ask for no password: it holds invented people only and must not be reachable from outside a demonstration.
"""
