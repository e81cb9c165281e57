"""What a desk knows how to do: playbooks, and the starter set that comes along."""
