"""The npm package in a real app: `make test-npm` runs this, `make test` leaves it out."""
