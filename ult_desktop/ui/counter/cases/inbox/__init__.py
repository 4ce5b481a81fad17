"""The officer's inbox: cases that were sent to this desk (disposisi)."""
