"""Content management systems that Corrigenda corrects articles in, behind one interface (base.py)."""
