"""Tests of the form, the receipt and the home page, through HTTP."""
