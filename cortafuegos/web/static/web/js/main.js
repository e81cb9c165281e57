// Starts what every page has. Each module does one thing and finds its own elements.
