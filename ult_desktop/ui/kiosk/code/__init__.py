"""The pages and questions for a code that a visitor types or scans."""
