"""Who visits, from where and by which cookies: what the door finds out and the pages go by."""
