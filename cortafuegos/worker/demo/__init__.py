"""The demo's first data: a brand, its people, and what they did earlier today."""
