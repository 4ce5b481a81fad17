"""Forms and their fields: what is asked, what is wrong with the answer, and drafts."""
