"""The hosted service's address; here alone, so that who only names it loads no HTTP client."""

API_PATH = "/api/v1"
DEFAULT_SERVER = "https://app.trackingtabs.com" + API_PATH
