"""repairbot: finds constructs used on objects with the wrong protocol, proves and repairs them."""
