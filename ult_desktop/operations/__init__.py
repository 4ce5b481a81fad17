"""What a person can do: a permission, one transaction, an event; one file per noun."""
