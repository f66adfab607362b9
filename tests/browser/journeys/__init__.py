"""Ways of people through the pages, from page to page, as a browser goes them."""
