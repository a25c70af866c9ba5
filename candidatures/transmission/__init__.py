"""What the bailleur receives of a candidature (guide #6, step 3): a dossier on paper and as a file, behind a link."""
