"""What is asked of tasks: lists, counts, and what a person needs who puts one right or hands it over."""
