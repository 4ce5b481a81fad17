"""Random input for the program: bytes for each reader, commands and questions for both engines."""
