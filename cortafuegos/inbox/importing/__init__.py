"""History from files: other desks' archives as closed cases, our own exports as they were."""
