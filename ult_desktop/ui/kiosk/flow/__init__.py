"""The way from page to page: touches and news go in, the next page comes out."""
