"""Files that leave with a reply: what they are, how they are called, and what a network takes."""
