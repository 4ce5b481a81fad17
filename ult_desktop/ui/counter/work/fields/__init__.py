"""What a form is made of, one kind of field per file."""
