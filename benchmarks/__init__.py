"""The scripts behind every figure in the docs."""
