"""Parts that all Flask pages share: extensions, errors, problems, language, probes, labels."""
