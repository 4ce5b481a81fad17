"""The tables as SQL, one file per part of the office; `db/migrations.py` puts them into the file."""
