"""What is learned from those who correct: names that they confirm, and how well documents were read."""
