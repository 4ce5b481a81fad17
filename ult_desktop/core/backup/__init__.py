"""What a lost office file is rebuilt from."""
