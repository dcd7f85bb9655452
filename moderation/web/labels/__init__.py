"""Labels: translated texts for values of the model."""
