"""The settings in the interface: the person's choices while the program runs, and the dialog to make them."""
