"""Several machines on one database, one killed after the other under load: `make scale-out`."""
