"""The files of bailleurs become offers (docs/import-offres.md).

formats      bytes -> rows, one at a time: CSV, JSON, and XLSX by classeur
colonnes     the table of the columns: how each cell is read, and what is said when it cannot be
lecture      a row -> values for an offer, or reasons
ecriture     a batch of rows -> offers, idempotent on the bailleur and its reference
deroulement  an import from its deposit to its report, batch by batch, whoever is killed on the way
rapport      what became of each row, as a CSV file that no spreadsheet executes
"""
