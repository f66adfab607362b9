"""What is checked of a register of bodies besides its shape."""
