"""Does the cost of a report grow with what is there already?"""
