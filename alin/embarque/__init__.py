"""The servers a bare machine lacks, started from Python wheels: PostgreSQL, Valkey, a mail catcher.

Only `make demo` and `make test` come here. Production code never imports this package.
"""
