"""The employees of a company who gave it their leave: who they are, where they stand, what comes next (guide #3)."""
