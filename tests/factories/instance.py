"""The state of the instance."""

from moderation.models import Instance
from tests.factories.row import Row


class InstanceFactory(Row):
    class Meta:
        model = Instance

    secret_key_fingerprint = "fingerprint"
