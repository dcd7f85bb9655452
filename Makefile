# Commands for developers and operators. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run dev shell test test-integrations test-npm test-fast test-clone test-image coverage lint format dist npm-package bench bench-intake bench-triage bench-fetch bench-desk bench-quality bench-widget bench-pages bench-product bench-idle bench-visible bench-sizes growth-model fuzz faults scale-out drive screenshots screenshots-integrations lock translations clean redis browser wordpress checkers

PORT ?= 8000
HOST ?= 127.0.0.1
WORKERS ?= 4
export SIZE TYPOS PAGES GENERATED SEED PART DIALOGS QUOTES
# Tests start a hundred processes: none of them should compile the program again.
unexport PYTHONDONTWRITEBYTECODE
TESTS = --ignore=tests/integrations --ignore=tests/npm
RUN_OPTIONS = --host $(HOST) --port $(PORT) $(if $(DATA_DIR),--data-dir $(DATA_DIR)) $(if $(NO_DEMO),--no-demo)
TRANSLATIONS = $(wildcard moderation/translations/*/LC_MESSAGES/messages.po)

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: .venv/installed redis ## Run the whole stack on this machine (PORT=, HOST=, DATA_DIR=, NO_DEMO=1)
	@exec .venv/bin/corrigenda run $(RUN_OPTIONS)

dev: .venv/installed-dev redis ## Run the stack, and restart web and worker when a source file changes
	@exec .venv/bin/corrigenda run --reload $(RUN_OPTIONS)

shell: .venv/installed redis ## Open a Python shell with `session` on the instance's database (DATA_DIR=)
	@.venv/bin/corrigenda shell $(if $(DATA_DIR),--data-dir $(DATA_DIR))

test: $(if $(T),.venv/installed-dev,lint) redis browser checkers ## Run all checks and tests, on real servers and Chromium (T=path: only these)
	@$(if $(T),:,scripts/npm test --silent)
	@.venv/bin/python -m pytest $(if $(T),$(T),$(TESTS) -n $(WORKERS) --dist loadfile --no-loadscope-reorder) $(ARGS)

test-integrations: .venv/installed-dev redis browser wordpress ## Test corrections in a real WordPress, in Git and in an endpoint (ARGS=)
	@.venv/bin/python -m pytest -q -s tests/integrations $(ARGS)

wordpress:
	@command -v mariadbd >/dev/null && command -v php >/dev/null && command -v git >/dev/null && [ -d /usr/share/wordpress ] || \
		scripts/apt "wordpress php-cli php-mysql php-xml php-curl php-mbstring mariadb-server-core mariadb-client git" "WordPress for the tests"

test-npm: .venv/installed-dev node_modules/installed redis browser ## Test the npm package of the widget in a small Vite app (ARGS=)
	@.venv/bin/python -m pytest -q tests/npm $(ARGS)

test-fast: .venv/installed-dev redis ## Run the fast tests of rules and use cases: under a minute
	@.venv/bin/python -m pytest -q -n 2 -m "not slow" tests/domain tests/services $(ARGS)

test-clone: .venv/installed-dev redis ## Clone, build and install the program, and use it outside the checkout
	@.venv/bin/python -m pytest -q tests/test_clone.py

# Processes of the stack run as another system user, and write their figures here too.
coverage: export COVERAGE_FILE = $(CURDIR)/build/coverage/data
coverage: .venv/installed-dev redis browser wordpress ## Run all tests with branch coverage; the report is in htmlcov/
	@mkdir -p build/coverage && chmod 1777 build/coverage
	@# No limit of minutes per test: to trace the histories takes longer.
	@.venv/bin/python -m pytest -q $(TESTS) -o faulthandler_timeout=0 -n $(WORKERS) --dist loadfile --no-loadscope-reorder --cov --cov-report= --cov-fail-under=0 $(ARGS)
	@.venv/bin/python -m pytest -q tests/integrations --cov --cov-append --cov-report=term-missing:skip-covered --cov-report=html
	@.venv/bin/coverage report --include='moderation/domain/*' --fail-under=100 --show-missing --skip-covered

test-image: .venv/installed-dev redis ## Build the image with buildah, run its processes and print sizes (needs root)
	@command -v buildah >/dev/null && command -v mmdebstrap >/dev/null || scripts/apt "buildah mmdebstrap" "buildah and mmdebstrap, which make images"
	@.venv/bin/python -m tests.image

dist: .venv/installed-dev ## Build the wheel and the sdist in dist/
	@.venv/bin/python -m build --no-isolation

npm-package: .venv/installed-dev node_modules/installed ## Pack the widget for sites with a bundler into dist/
	@PYTHONPATH=. .venv/bin/python npm/build.py build/npm
	@mkdir -p dist && scripts/npm pack ./build/npm --pack-destination dist --loglevel=error

.PHONY: docs
docs: .venv/installed-dev node_modules/installed ## Build the documentation as a site in build/docs (REPOSITORY_URL=)
	@REPOSITORY_URL=$(REPOSITORY_URL) scripts/docs/build
	@echo "build/docs/index.html"

lint: .venv/installed-dev node_modules/installed ## Run ruff, mypy, import-linter, eslint, tsc, and check sizes, the compose file and the documents
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet .
	@# The types take as long as all the others: on two cores both halves run at the same time.
	@$(MAKE) --no-print-directory --jobs=2 --output-sync lint-types $(if $(filter test,$(MAKECMDGOALS)),.venv/compiled-tests) \
		lint-scripts lint-imports lint-sizes lint-compose lint-documents

.PHONY: lint-types lint-scripts lint-imports lint-sizes lint-compose lint-documents
# On a fresh clone: otherwise each worker of pytest compiles all tests, at the same time.
.venv/compiled-tests: .venv/installed-dev
	@.venv/bin/python -m pytest --collect-only -qq --no-header $(TESTS) >build-tests.log 2>&1 || { cat build-tests.log; rm -f build-tests.log; exit 1; }
	@rm -f build-tests.log
	@touch $@

lint-types:
	@.venv/bin/mypy --no-error-summary

lint-scripts:
	@scripts/npm run lint --silent

lint-imports:
	@.venv/bin/lint-imports --no-cache >build-imports.log 2>&1 || { cat build-imports.log; rm -f build-imports.log; exit 1; }
	@rm -f build-imports.log

lint-sizes:
	@.venv/bin/python scripts/sizes

lint-compose:
	@.venv/bin/check-jsonschema --quiet --builtin-schema vendor.compose-spec docker-compose.yml

lint-documents:
	@scripts/docs/build

format: .venv/installed-dev ## Format the code with ruff
	@.venv/bin/ruff format --quiet .
	@.venv/bin/ruff check --fix --quiet .

bench: bench-intake bench-visible bench-sustained bench-overload bench-slow bench-triage bench-fetch bench-desk bench-growth bench-sizes bench-idle bench-import bench-quality bench-product bench-pages bench-widget ## Run all benchmarks: hours. Then `make results`

bench-intake: .venv/installed-dev .venv-bench/installed redis wrk ## Measure accepted reports per second, beside Isso and a plain handler
	@.venv/bin/python -m benchmarks.intake

bench-triage: .venv/installed-dev redis ## Measure placed reports per second, also on a case with many reports
	@.venv/bin/python -m benchmarks.triage

bench-fetch: .venv/installed-dev redis ## Measure one worker that reads 2,000 due pages on 50 hosts
	@.venv/bin/python -m benchmarks.fetch

bench-desk: .venv/installed-dev redis browser ## Measure the desk with 200,000 cases and a million reports: server time and key presses (SIZE=cases)
	@.venv/bin/python -m benchmarks.desk

bench-quality: .venv/installed-dev ## Measure finding, grouping, suggesting and rechecks on real typos (TYPOS=folder)
	@.venv/bin/python -m benchmarks.quality

bench-pages: .venv/installed-dev redis browser ## Measure in Chromium whether reports of awkward pages find the right passage (PAGES=folder, GENERATED=, SEED=, PART=1/3)
	@.venv/bin/python -m benchmarks.pages

bench-product: .venv/installed-dev redis ## Measure suggestions and detected fixes through API and worker (TYPOS=folder)
	@.venv/bin/python -m benchmarks.product

bench-slow: .venv/installed-dev redis ## Measure readers' reports while 500 clients send their bodies byte by byte
	@.venv/bin/python -m benchmarks.slow_clients

bench-overload: .venv/installed-dev redis wrk ## Measure the desk and the refusals at five times the reports that fit (SECONDS=)
	@SECONDS=$(SECONDS) .venv/bin/python -m benchmarks.overload

bench-sustained: .venv/installed-dev redis wrk ## Measure ten minutes at 70 % of the load that fits, and the desk on a million reports beside intake (SECONDS=, SIZE=cases)
	@SECONDS=$(SECONDS) SIZE=$(SIZE) .venv/bin/python -m benchmarks.sustained

bench-import: .venv/installed-dev redis ## Measure the import of a CSV file with 100,000 rows (ROWS=)
	@ROWS=$(ROWS) .venv/bin/python -m benchmarks.importing

.PHONY: plans results bench-growth bench-sustained bench-import wrk
wrk:
	@command -v wrk >/dev/null || scripts/apt wrk "wrk, the load generator"

results: .venv/installed-dev ## Write benchmarks/RESULTS.md from the figures of the benchmarks that were run here
	@.venv/bin/python -m benchmarks.results_page

plans: .venv/installed-dev redis ## Write tests/plans/hot_paths.txt: which indexes the hot paths read
	@WRITE_PLANS=1 .venv/bin/python -m pytest -q tests/plans

bench-growth: .venv/installed-dev ## Measure time and bytes of a report as reports, cases, sites and due pages grow (SIZE=reports, QUICK=1, AXES="sites due")
	@SIZE=$(SIZE) QUICK=$(QUICK) AXES="$(AXES)" .venv/bin/python -m benchmarks.growth

bench-idle: .venv/installed-dev redis ## Measure the memory of the whole stack when nothing happens
	@.venv/bin/python -m benchmarks.idle

bench-visible: .venv/installed-dev redis wrk ## Measure the time from an accepted report to its case, idle, under load and after a burst (REPORTS=, SECONDS=, BURST=)
	@.venv/bin/python -m benchmarks.visible

growth-model: .venv/installed-dev ## Print the machines and disks that a number of sites needs (ARGS="--sites 10000 --reports-per-second 50000")
	@.venv/bin/python -m benchmarks.growth_model $(ARGS)

bench-sizes: .venv/installed-dev redis ## Measure gigabytes, processor time and WAL per million reports (SIZE=reports)
	@.venv/bin/python -m benchmarks.sizes

bench-widget: .venv/installed-dev .venv-bench/installed redis browser ## Measure the widget's size and speed, beside Isso
	@.venv/bin/python -m benchmarks.widget

fuzz: .venv/installed-dev redis ## Test random histories, generated API calls as every role, and any text (SECONDS= each, SEED=)
	@FUZZ_SECONDS=$(or $(SECONDS),600) FUZZ_SEED=$(or $(SEED),1) FUZZ_SHRINK=1 .venv/bin/python -m pytest -q -s -o faulthandler_timeout=0 \
		tests/services/triage/test_histories.py tests/contract/test_every_role.py tests/contract/test_any_text.py

faults: .venv/installed-dev redis ## Test an instance under load with parts killed, frozen, full and hostile (SECONDS=, FAULTS="a b")
	@.venv/bin/python -m tests.faults.inject --seconds $(or $(SECONDS),1200) $(if $(FAULTS),--faults $(FAULTS))

scale-out: .venv/installed-dev redis ## Test 3 web, 3 workers and 2 schedulers behind nginx, one killed every 10 s (SECONDS=, SEED=), or upgraded one by one (UPGRADE=1)
	@command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || scripts/apt nginx "nginx, the balancer"
	@.venv/bin/python -m tests.faults.machines --seconds $(or $(SECONDS),300) --seed $(or $(SEED),1) $(if $(UPGRADE),--upgrade)

drive: .venv/installed-dev redis ## Test random readers, edits and decisions over HTTP (SEEDS="1 2 3", ARTICLES=60)
	@.venv/bin/python -m tests.faults.drive --seeds $(or $(SEEDS),1 2 3) --articles $(or $(ARTICLES),60)

sbom: .venv/installed-dev ## Write build/sbom.json: the pinned packages as CycloneDX
	@mkdir -p build
	@.venv/bin/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible --output-file build/sbom.json
	@echo "build/sbom.json: $$(grep -c '"bom-ref"' build/sbom.json) components"

audit: .venv/installed-dev ## Check the pinned packages for known vulnerabilities (needs the internet)
	@scripts/audit

screenshots: .venv/installed-dev redis browser ## Take screenshots of all pages into build/screenshots, and those of the README
	@command -v pngquant >/dev/null || scripts/apt pngquant "pngquant, which makes pictures small"
	@EVERY_LOOK=1 .venv/bin/python -m pytest tests/browser/test_pages.py tests/browser/test_queue.py -k "page or twelve_cases" -q
	@scripts/picture desk-1440 desk

screenshots-integrations: .venv/installed-dev redis browser wordpress ## Take the screenshots of docs/integrations.md, with a real WordPress
	@command -v pngquant >/dev/null || scripts/apt pngquant "pngquant, which makes pictures small"
	@.venv/bin/python -m pytest -q tests/integrations/test_loop.py
	@for name in webhook channel cms-wordpress cms-git applied; do scripts/picture integration-$$name $$name; done

.PHONY: screenshots-docs
screenshots-docs: .venv/installed-dev redis browser ## Take the pictures of docs/desk.md and docs/reader.md from the demo, in both languages
	@command -v pngquant >/dev/null || scripts/apt pngquant "pngquant, which makes pictures small"
	@.venv/bin/python scripts/docs/pictures.py

lock: .venv/installed-dev ## Compile the requirement files with hashes
	@for file in requirements requirements-dev benchmarks/requirements; do \
		.venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade -q \
			$$file.in -o $$file.txt; \
	done
	@.venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade -q \
		-c requirements.txt requirements-otel.in -o requirements-otel.txt

translations: .venv/installed-dev ## Extract new messages into the translation catalogues
	@.venv/bin/pybabel -q extract -F babel.cfg -k lazy_gettext --no-location --sort-output --omit-header -o build.pot .
	@.venv/bin/pybabel -q update -i build.pot -d moderation/translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=110
	@rm -f build.pot

clean: ## Remove the environments, but no data
	rm -rf .venv .venv-bench node_modules build dist

redis: .venv/installed
	@scripts/redis

browser:
	@scripts/browser

checkers:
	@command -v systemd-analyze >/dev/null || scripts/apt systemd "systemd-analyze, which checks our units"
	@command -v promtool >/dev/null || scripts/apt prometheus "promtool, which checks our alert rules"

.venv/installed: requirements.txt requirements.in pyproject.toml moderation/services/triage/english_words.py $(TRANSLATIONS)
	@scripts/venv requirements.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	@scripts/venv requirements-dev.txt
	@touch $@

node_modules/installed: package.json package-lock.json .npmrc .venv/installed-dev
	@echo "installing package-lock.json"
	@scripts/npm ci --loglevel=error
	@touch $@

.venv-bench/installed: benchmarks/requirements.txt .venv/installed
	@.venv/bin/python -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
