"""The words for values of the model, as a person reads them."""
