"""Which place a demand has among the candidatures of an offer: computed, never stored, the same for everybody."""
