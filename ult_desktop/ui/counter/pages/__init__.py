"""What the counter's pages and tabs are made of: host, page, tab, boxes, papers."""
