"""Read pages again and close the cases that are corrected."""
