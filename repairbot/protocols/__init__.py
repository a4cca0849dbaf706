"""What can this expression do? Names to definitions to values, each with its evidence."""
