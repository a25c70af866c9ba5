"""The benchmark at national scale (`make bench`): no test, a measure."""
