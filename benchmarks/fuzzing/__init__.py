"""What anybody could hand to the program: bytes for each reader, commands and questions for both engines."""
