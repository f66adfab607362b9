"""Signs, spellings and figures of text: the door by which it comes in, and how it is compared."""
