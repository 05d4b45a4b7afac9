"""The self-hosted server of the Time Tracker API; it shares only `tabkeeper.api.wire` with the client."""
