"""The pages Penugasan and Penyimpangan: delegated tasks, and what the office accounts for."""
