"""The addresses the server answers, one module a resource. Rules live in the services."""
