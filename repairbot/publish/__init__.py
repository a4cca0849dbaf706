"""From a proposal to one well-behaved pull request for each rule: read, derive again, decide, carry out."""
