"""Who may come in, how, and how long a line may keep us waiting."""
