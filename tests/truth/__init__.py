"""The differential test: small projects are run, and what Python did is compared with what repairbot says."""
