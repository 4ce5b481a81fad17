"""The answer bank's full-text index: FTS5 (docs/store.md, rule 15), for `db/cases/answer_bank.py`."""

TABLES = """
CREATE VIRTUAL TABLE faq_index USING fts5 (
    question, tags, answer, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
"""
