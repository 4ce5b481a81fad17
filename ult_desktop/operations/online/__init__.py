"""The online requests: received one by one or in lists, and worked on."""
