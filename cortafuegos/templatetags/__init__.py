"""Django looks for template tags here; each module only gathers what its package owns."""
