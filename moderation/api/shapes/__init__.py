"""The shapes of API version 1. Validation and the OpenAPI document both come from here."""
