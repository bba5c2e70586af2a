#!/usr/bin/env bash
# Fuzzes the API of a running desk from its own description, a bounded run of about three minutes.
# usage: waqai desk --db news.db --port 8765 & bench/api_fuzz.sh http://127.0.0.1:8765
# Looks for answers of 5xx, of a shape or type the description does not have, and for values that should be refused.
# "Schema-valid request rejected" is left out: a description cannot say which pairs of type and mode there are.
set -euo pipefail
base="${1:?the address of a desk}"
venv="$(mktemp -d)"
trap 'rm -rf "$venv"' EXIT
python3 -m venv "$venv" && "$venv/bin/pip" install --quiet 'schemathesis>=4,<5'
"$venv/bin/schemathesis" --config-file "$(dirname "$0")/fuzz/schemathesis.toml" run "$base/api/v1/openapi.json" --wait-for-schema=60 --max-examples "${2:-25}" \
  --exclude-checks positive_data_acceptance --request-timeout 20
