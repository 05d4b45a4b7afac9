#!/bin/sh
# Prints the project's address, which stands in one place for all that is packed.
set -eu

sed -n 's/^Repository = "\(.*\)"$/\1/p' "$(dirname "$0")/../../pyproject.toml"
