"""What the counter's pages and tabs are made of: desk, page, form, list, detail, timeline."""
