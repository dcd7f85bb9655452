"""Problems with a backup that the operator can correct."""


class BackupProblem(RuntimeError):
    """The backup or the restore cannot be done. The text says why and what to do."""
