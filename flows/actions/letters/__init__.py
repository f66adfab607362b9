"""The letters that follow from what people do to tasks and deadlines, for actions of several rooms."""
