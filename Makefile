# Hai lệnh làm mọi việc trên máy chỉ có git, make và python3 từ 3.11:
#   make demo   tạo môi trường riêng, kiểm tra và in các ví dụ
#   make test   chạy toàn bộ kiểm thử
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Thư mục cho văn bản của make demo; để trống thì là một thư mục tạm mới.
DEMO ?=

.PHONY: demo test lint bench accept clean

demo: $(VENV)/.installed
	@$(BIN)/python examples/demo.py $(if $(DEMO),"$(DEMO)")

test: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest -q $(ARGS)

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(VENV)/.installed-bench
	@$(BIN)/python bench/run.py $(ARGS)

# Chép kết quả mới đè lên các tệp mẫu của kiểm thử, để xem lại bằng git diff.
accept: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest -q --accept $(ARGS)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Cần python3 từ 3.11; hãy cài python3 mới hơn, hoặc chỉ rõ: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "Python thiếu mô-đun venv; trên Debian, Ubuntu hãy chạy: sudo apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/pip
	@$(BIN)/pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/pip
	@$(BIN)/pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: pyproject.toml | $(VENV)/bin/pip
	@$(BIN)/pip install -q --disable-pip-version-check -e '.[bench]'
	@touch $@
