"""Labels: values of the model as text for a person, translated."""
