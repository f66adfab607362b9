"""Who is reminded, urged and told when; the digest of leaders."""
