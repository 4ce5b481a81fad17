"""Commands about personal data: retention, requests of data subjects, text in clear."""
