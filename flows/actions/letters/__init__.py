"""The letters that follow from what people do."""
