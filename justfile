# The commands of the project. `just` lists them; `cargo install just` or `pip install rust-just` installs it.

_list:
    @just --list --unsorted

# Format every crate.
fmt:
    cargo fmt --all
    cargo fmt --manifest-path benches/Cargo.toml

# Check the formatting of every crate.
fmt-check:
    cargo fmt --all --check
    cargo fmt --manifest-path benches/Cargo.toml --check

# Run clippy with every feature set; all features need OpenSSL's headers (Debian: libssl-dev pkg-config).
lint:
    cargo clippy --package genauth --all-targets --no-default-features -- -D warnings
    cargo clippy --package genauth --all-targets -- -D warnings
    cargo clippy --workspace --all-targets --features full -- -D warnings
    cargo clippy --workspace --all-targets --all-features -- -D warnings
    cargo clippy --package genauth --features full --test browser --test oidc_provider -- -D warnings
    cargo clippy --manifest-path benches/Cargo.toml --target-dir target --all-targets -- -D warnings

# Run the tests that need Rust and a C compiler only.
test *args:
    cargo test --workspace --features full {{ args }}

# Check that `just test` does not depend on OpenSSL.
no-openssl:
    #!/usr/bin/env bash
    set -euo pipefail
    tree=$(cargo tree --workspace --features full --edges normal,build,dev --prefix none)
    if grep '^openssl-sys ' <<< "$tree"; then
        echo 'error: openssl-sys is a dependency: see `cargo tree --workspace --features full --invert openssl-sys`' >&2
        exit 1
    fi

# Test the sandbox's pages and the login in headless Chromium; needs Node.js and Chromium, see CONTRIBUTING.md.
test-browser:
    npm ci --prefix tests/browser --no-audit --no-fund
    cargo test --package genauth --features full --test browser

# Test TLS and tokens with native-tls; needs OpenSSL's headers on Linux.
test-native-tls:
    cargo test --package genauth --no-default-features --features native-tls,sandbox --test guarantees tls
    cargo test --package genauth --no-default-features --features native-tls,events,sandbox --test events tls
    cargo test --package genauth --no-default-features --features native-tls,oidc --test oidc

# Test against oidc-provider, and with other clients and SDKs; needs Node.js, and tests/interop/requirements.txt in `python`.
test-interop python="python3":
    npm ci --prefix tests/interop/oidc-provider --no-audit --no-fund
    npm ci --prefix tests/interop/official-sdks --no-audit --no-fund --ignore-scripts
    cargo test --package genauth --features full --test oidc_provider
    cargo build --package genauth-cli
    {{ python }} tests/interop/authlib_client.py "${CARGO_TARGET_DIR:-target}/debug/genauth" sandbox --port 0
    {{ python }} tests/interop/official_sdks.py "${CARGO_TARGET_DIR:-target}/debug/genauth" sandbox --port 0
    node tests/interop/official-sdks/stories.mjs "${CARGO_TARGET_DIR:-target}/debug/genauth" sandbox --port 0

# Check the exported OpenAPI documents with standard tools; needs Node.js, and tests/standard-tools/requirements.txt.
test-openapi python="python3":
    npm ci --prefix tests/standard-tools --no-audit --no-fund --ignore-scripts
    cargo build --package genauth-cli
    tests/standard-tools/check "${CARGO_TARGET_DIR:-target}/debug/genauth" {{ python }}

# Build the documentation of every library, with warnings as errors.
doc *args:
    RUSTDOCFLAGS='-D warnings' cargo doc --workspace --lib --all-features --no-deps {{ args }}

# Exchange a phone-button code on the embedded sandbox.
demo:
    cargo run --features sandbox --example phone_number

# Run every example on the embedded sandbox.
examples:
    cargo run --quiet --features sandbox --example phone_number
    cargo run --quiet --features sandbox --example sign_in
    cargo run --quiet --features sandbox --example profile
    cargo run --quiet --features sandbox --example mfa
    cargo run --quiet --features management,sandbox --example permissions
    cargo run --quiet --features management,sandbox --example manage_users
    cargo run --quiet --features sandbox --example axum_login -- --once
    cargo run --quiet --features events,sandbox --example events
    cargo run --quiet --features oidc,sandbox --example axum_oidc -- --once

# Print the OpenAPI document that the crate is generated from, as JSON.
openapi:
    @cargo run --quiet --example openapi

# Count the instructions of a call; `--limit RATIO` fails above that ratio to reqwest. Needs valgrind.
bench-calls *args:
    cargo bench --manifest-path benches/Cargo.toml --target-dir target --bench per_call -- {{ args }}

# Rewrite the golden files of generated code.
golden:
    GENAUTH_UPDATE_GOLDEN=1 cargo test --package genauth-codegen --test golden

# Check that the public API is the one in docs/public-api.txt; needs cargo-public-api 0.52, which reads Rust 1.95.
public-api: _rustdoc-json
    cargo public-api -sss --rustdoc-json target/public-api/doc/genauth.json | diff -u docs/public-api.txt - \
        || { echo 'error: the public API has changed: run `just public-api-update`, and commit the difference' >&2; exit 1; }

# Rewrite docs/public-api.txt.
public-api-update: _rustdoc-json
    cargo public-api -sss --rustdoc-json target/public-api/doc/genauth.json > docs/public-api.txt

# In a target folder of its own, since RUSTC_BOOTSTRAP makes cargo rebuild the dependencies.
_rustdoc-json:
    RUSTC_BOOTSTRAP=1 cargo rustdoc --quiet --package genauth --lib --features full --target-dir target/public-api \
        -- -Z unstable-options --output-format json

# Check the links of the packaged Markdown files, and the tests named in docs/GUARANTEES.md.
check-docs:
    python3 .ci/check-docs

# Check licenses, bans and sources of all dependencies; needs cargo-deny.
deny:
    cargo deny --all-features check licenses bans sources

# Build every crate from its package.
package:
    #!/usr/bin/env bash
    set -euo pipefail
    # In a new folder: cargo caches packages by the path of the target folder, and does not notice that they changed.
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    cargo package --workspace --target-dir "$folder"

# Run every check, as CI does; installs missing tools.
ci:
    .ci/run
