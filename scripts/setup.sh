#!/usr/bin/env bash
# Makes a fresh machine ready: quiet and quick when nothing is missing. Needs Rust, and Node for the workbench; the rest comes from apt
# when run as root. `setup.sh browser` adds the browser that the tests of the workbench use, `setup.sh consumers`
# what the programs that open the exports are built with.
set -euo pipefail

missing=()
command -v cc >/dev/null || missing+=(build-essential)
command -v git >/dev/null || missing+=(git)
command -v python3 >/dev/null || missing+=(python3)
python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
case ${1:-} in
browser)
    command -v "${CHROMIUM:-chromium}" >/dev/null || missing+=(chromium)
    ;;
consumers)
    # FollowTheMoney reads names with ICU, whose Python part is built where there is no wheel of it.
    command -v pkg-config >/dev/null || missing+=(pkg-config)
    pkg-config --exists icu-i18n 2>/dev/null || missing+=(libicu-dev)
    command -v c++ >/dev/null || missing+=(g++)
    ;;
esac

if ((${#missing[@]})); then
    if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
        echo "please install: ${missing[*]}" >&2
        exit 1
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! command -v cargo >/dev/null; then
    echo "please install Rust (see rust-version in Cargo.toml)" >&2
    exit 1
fi
for part in fmt clippy; do
    if ! cargo "$part" --version >/dev/null 2>&1; then
        rustup component add "${part/fmt/rustfmt}" >&2
    fi
done
