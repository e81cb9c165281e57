"""What the desk reads. Every query takes the brand first (law 8) and reads no more than a page."""
