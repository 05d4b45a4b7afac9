# Each target says what it does: `make` or `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run test test-windows test-wayland soak lint bench screenshots demo-sync dist package lock
.PHONY: test-package test-package-windows ready-to-run ready-to-test ready-to-package ready-to-test-package

# Words for the program, or for pytest: make run ARGS=status, make test ARGS=tests/model
ARGS ?=
PYTHON ?=
IN := .venv/bin/python -m

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "make %-20s %s\n", $$1, $$2 }'

run: ready-to-run ## Set up what is missing and start Tabkeeper
	@.venv/bin/tabkeeper $(ARGS)

test: lint ## Set up what is missing, lint, and run every test
	@$(IN) pytest $(or $(ARGS),--numprocesses 2 --dist loadfile --no-loadscope-reorder)

test-windows: ready-to-test ## Run the app under Wine, on a real Windows Python, where both can be prepared
	@packaging/dev/wine.sh $(IN) pytest $(or $(ARGS),tests/windows)

test-wayland: ready-to-test ## Run the app in a real Plasma 6 of its own, where one can be prepared
	@packaging/dev/plasma.sh $(IN) pytest $(or $(ARGS),tests/wayland)

soak: ready-to-test ## Let 100,000 random histories of sync happen, and 1,000 of processes (ARGS=500 PROCESSES=50)
	@$(IN) tests.histories $(or $(ARGS),100000)
	@$(IN) tests.histories.stack $(or $(PROCESSES),1000)

lint: ready-to-test ## Check format, style, types, and who may import whom
	@$(IN) ruff format --quiet --check src tests packaging
	@$(IN) ruff check --quiet src tests packaging
	@$(IN) mypy
	@for system in darwin win32; do \
	    $(IN) mypy --platform $$system --no-warn-unreachable --cache-dir .mypy_cache/$$system || exit 1; done
	@$(IN) mypy --explicit-package-bases tests/desktop tests/windows tests/wayland tests/package \
	    tests/package_windows tests/bench tests/screenshots packaging
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/zizmor --quiet --offline --pedantic .github/workflows

bench: ready-to-test ## Measure start, command line, window and server, each against a floor (part: ARGS=frozen)
	@$(IN) tests.bench $(ARGS)

screenshots: ready-to-test ## Draw the real app's tray, menu and window into screenshots/, under Wine as well
	@$(IN) tests.screenshots $(ARGS)
	@$(if $(ARGS),,packaging/dev/wine.sh $(IN) tests.screenshots.under_wine)

demo-sync: ready-to-test ## Draw two computers, one of them offline, that meet again and agree
	@$(IN) tests.screenshots.sync_story

dist: ready-to-run ## Build the wheel and the sdist into dist/ and look through them
	@packaging/release/dist.sh

package: ready-to-package ## Freeze the app, and pack it as .deb, .rpm and tarball into dist/
	@packaging/linux/package.sh

test-package: ready-to-test-package package ## Install the packages in a bare Debian of their own, run, upgrade and remove them
	@packaging/dev/debian.sh sh -c '$(IN) pytest $(or $(ARGS),tests/package && packaging/dev/package-state.sh linux record)'

test-package-windows: ready-to-test ## Install the Windows installer under Wine, run, upgrade and remove it
	@packaging/dev/wine.sh packaging/dev/nsis.sh sh -c 'packaging/windows/package.sh && \
	    $(IN) pytest $(or $(ARGS),tests/package_windows && packaging/dev/package-state.sh windows record)'

lock: ready-to-run ## Write the locked dependencies anew (newest versions: ARGS=--upgrade)
	@packaging/dev/lock.sh $(ARGS)

ready-to-run:
	@PYTHON="$(PYTHON)" packaging/dev/setup.sh run

ready-to-test:
	@PYTHON="$(PYTHON)" packaging/dev/setup.sh test

ready-to-package:
	@PYTHON="$(PYTHON)" packaging/dev/setup.sh package

ready-to-test-package:
	@PYTHON="$(PYTHON)" packaging/dev/setup.sh test-package
