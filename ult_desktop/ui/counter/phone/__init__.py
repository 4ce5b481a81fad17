"""The page Telepon: calls as they come in, and the call-back list."""
