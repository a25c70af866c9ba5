"""The ranking: the rule by hand, the same in SQL, the queue, the pages."""
