"""The page on which projects, clients and tags are made, renamed, coloured and archived."""

from tabkeeper.ui.projects.page import ProjectsPage

__all__ = ["ProjectsPage"]
