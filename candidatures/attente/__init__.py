"""Whose turn it is, since when, until when: computed from the dates of a candidature and the published delays."""
