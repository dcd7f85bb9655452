"""What all Flask pages share: extensions, errors, problems, language, probes, labels."""
