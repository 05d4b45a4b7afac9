"""What the program does by itself when the system says something: keys, absence, sleep, reminders, links.

Here the doors of `desktop` are connected with the use cases and the interface; neither knows the other.
"""

from tabkeeper.reflexes.assembled import Reflexes, Surroundings

__all__ = ["Reflexes", "Surroundings"]
