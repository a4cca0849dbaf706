"""The whole job of `repairbot run`: a repository in, a proposal out."""
