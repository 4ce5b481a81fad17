"""The shared office file: opening, migrations, transactions, log and watcher, and the rows of each noun."""
